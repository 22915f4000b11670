namespace WhatsSound.Grains.Rooms;

/// <summary>The plays up to a number are kept elsewhere, and the room need not.</summary>
internal sealed record PlaysKept(long UpTo, long AtMs) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room) => room with { Unkept = room.Unkept.RemoveAll(play => play.Number <= UpTo) };
}
