using System.Text.Json;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Somebody may not do something any more.</summary>
internal sealed record SanctionApplied(string UserId, SanctionKind Kind, string By, string? Reason, long? UntilMs, long AtMs) : RoomEvent(AtMs)
{
    public override Room ApplyTo(Room room)
    {
        var sanction = new Sanction { Kind = Kind, By = By, Reason = Reason, FromMs = AtMs, UntilMs = UntilMs, Number = room.Revision + 1 };
        return room with { Sanctions = Sanctions.With(room, UserId, sanction, AtMs) };
    }

    /// <summary>What it is called in records.</summary>
    public static string WordOf(SanctionKind kind) => JsonNamingPolicy.CamelCase.ConvertName($"{kind}");

    public override LogLine ToLog(Room before) => new(AtMs, WordOf(Kind), By, UserId, Reason, UntilMs);
}
