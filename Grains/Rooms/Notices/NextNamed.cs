namespace WhatsSound.Grains.Rooms;

/// <summary>Whose song comes next was told. A song is told once, however often the order goes back and forth: the room remembers it for as long as the song is queued.</summary>
internal sealed record NextNamed(string EntryId, long AtMs) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room) => room with { NextNamed = [.. room.NextNamed.Where(room.Queue.Songs.ContainsKey), EntryId] };
}
