namespace WhatsSound.Grains.Rooms;

/// <summary>The room is open again, as it was.</summary>
internal sealed record RoomReopened(string By, long AtMs) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room) => room with { ClosedAtMs = null, ClosedFor = null, IsArchived = false, ReopenedAtMs = AtMs };

    public override LogLine ToLog(Room before) => new(AtMs, "reopen", By);
}
