namespace WhatsSound.Grains.Rooms;

/// <summary>The room is closed; null for who did it: nobody was in it for long enough.</summary>
internal sealed record RoomClosed(string? Reason, string? By, long AtMs) : RoomEvent(AtMs)
{
    /// <summary>Why a temporary room closes by itself.</summary>
    public const string Empty = "empty";

    /// <summary>Why any other does.</summary>
    public const string Archived = "archived";

    public override Room ApplyTo(Room room) => room with { ClosedAtMs = AtMs, ClosedFor = Reason, IsArchived = By is null };

    public override LogLine ToLog(Room before) => new(AtMs, "close", By, Detail: Reason);
}
