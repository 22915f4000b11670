namespace WhatsSound.Rooms;

/// <summary>
/// Gives a user a role, whether they are here or not. Nobody gives a role at or above their own, nor to one who is at or above them; but the owner may offer the room to a present
/// member, which changes nothing until that one says <see cref="AcceptOwnership"/>, within 5 minutes. Another offer replaces it; another role for the same user, or none, takes it back.
/// Refusals: FORBIDDEN, TARGET_RANK_TOO_HIGH, CANNOT_TARGET_SELF, ROOM_LIMIT, and NOT_MEMBER for one to give the room to who is not here.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.GrantRole")]
public sealed record GrantRole : RoomAction
{
    /// <summary>Who gets it.</summary>
    [Id(0)] public required string ToUserId { get; init; }

    /// <summary>Any but <see cref="RoomRole.Listener"/> and <see cref="RoomRole.Host"/>.</summary>
    [Id(1)] public required RoomRole Role { get; init; }
}
