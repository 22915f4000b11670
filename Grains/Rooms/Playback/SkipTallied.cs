using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>The members are told how far the vote to skip has come.</summary>
internal sealed record SkipTallied(SkipTally Tally, long AtMs) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room) => room with { SkipTold = Tally };
}
