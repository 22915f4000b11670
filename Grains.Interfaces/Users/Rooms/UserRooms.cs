using System.Collections.Immutable;

namespace WhatsSound.Users;

/// <summary>The rooms of a user.</summary>
[GenerateSerializer, Immutable, Alias("ws.UserRooms")]
public sealed record UserRooms
{
    /// <summary>Whose owner the user is: those that are open first, and of these and the others the newest.</summary>
    [Id(0)] public required ImmutableArray<UserRoom> Owned { get; init; }

    /// <summary>How many the user may own that are open.</summary>
    [Id(1)] public required int OwnedMax { get; init; }

    /// <summary>Which the user has joined lately, the last first.</summary>
    [Id(2)] public required ImmutableArray<UserRoom> Joined { get; init; }
}
