using WhatsSound.Users;

namespace WhatsSound.Grains.Users;

/// <summary>A room that the user has joined.</summary>
internal sealed record VisitedRoom(string RoomId, string Name, long AtMs)
{
    public UserRoom ToView() => new() { RoomId = RoomId, Name = Name, AtMs = AtMs };
}
