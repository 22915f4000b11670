using WhatsSound.Users;

namespace WhatsSound.Grains.Users;

/// <summary>A room that the user owns, or is to: a place that was taken for it.</summary>
internal sealed record OwnedRoom
{
    public required string RoomId { get; init; }

    public required string Name { get; init; }

    public required long Revision { get; init; }

    public UserRoomStatus Status { get; init; }

    /// <summary>Since when it is as it is.</summary>
    public required long AtMs { get; init; }

    public UserRoom ToView() => new() { RoomId = RoomId, Name = Name, AtMs = AtMs, Status = Status };
}
