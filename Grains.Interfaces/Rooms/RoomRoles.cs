using System.Collections.Immutable;

namespace WhatsSound.Rooms;

/// <summary>Who is what in a room, and what that means there: of a snapshot, and the content of a <c>roles</c> publication. Replaces what was known.</summary>
[GenerateSerializer, Immutable, Alias("ws.RoomRoles")]
public sealed record RoomRoles
{
    /// <summary>Everybody but listeners, the highest first.</summary>
    [Id(0)] public ImmutableArray<RoleHolder> Holders { get; init; } = [];

    /// <summary>The co-hosts in the order in which they follow a lost host, as far as one was set.</summary>
    [Id(1)] public ImmutableArray<string> Succession { get; init; } = [];

    /// <summary>What takes another role than usual: from permission to the least role that may.</summary>
    [Id(2)] public ImmutableDictionary<string, RoomRole> Permissions { get; init; } = ImmutableDictionary<string, RoomRole>.Empty;

    /// <summary>To whom the owner has offered the room; null: to nobody.</summary>
    [Id(3)] public OwnershipOffer? OwnershipOffer { get; init; }
}
