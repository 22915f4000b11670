namespace WhatsSound.Rooms;

/// <summary>The owner would give the room to a member, who has not said yes.</summary>
[GenerateSerializer, Immutable, Alias("ws.OwnershipOffer")]
public sealed record OwnershipOffer
{
    /// <summary>Who may accept it.</summary>
    [Id(0)] public required string ToUserId { get; init; }

    /// <summary>Until when, room time; nothing is told when that has passed.</summary>
    [Id(1)] public required long UntilMs { get; init; }
}
