using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Somebody may do something again.</summary>
internal sealed record SanctionLifted(string UserId, SanctionKind Kind, string By, long AtMs) : RoomEvent(AtMs)
{
    /// <summary>What the log calls it.</summary>
    public const string Lift = "lift";

    public override Room ApplyTo(Room room) => room with { Sanctions = Sanctions.Without(room, UserId, Kind) };

    public override LogLine ToLog(Room before) => new(AtMs, Lift, By, UserId, SanctionApplied.WordOf(Kind));
}
