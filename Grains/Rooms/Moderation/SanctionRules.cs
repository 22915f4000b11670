using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>What a sanction means for whoever asks for something: null, or the refusal. Each looks at the clock, so that one that is over blocks nobody.</summary>
internal static class SanctionRules
{
    /// <summary>Whether the user may be in the room at all.</summary>
    public static Refusal? RefuseEntry(Room room, string userId, long nowMs)
    {
        if (room.Sanctions.IsEmpty)
            return null;
        if (Sanctions.Find(room, userId, SanctionKind.Ban, nowMs) is { } ban)
            return Refuse(RefusalCode.Banned, "You are banned from this room.", ban, nowMs);
        return Sanctions.Find(room, userId, SanctionKind.Kick, nowMs) is { } kick
            ? Refuse(RefusalCode.Kicked, "You were sent out of this room.", kick, nowMs)
            : null;
    }

    /// <summary>Whether the user may do anything in the room; who is out of it may not, also by what takes no member.</summary>
    public static Refusal? RefuseToAct(Room room, string userId, long nowMs)
    {
        if (RefuseEntry(room, userId, nowMs) is { } isOut)
            return isOut;
        return Sanctions.Find(room, userId, SanctionKind.Timeout, nowMs) is { } timeout
            ? Refuse(RefusalCode.TimedOut, "You may not do anything in this room for a while.", timeout, nowMs)
            : null;
    }

    /// <summary>Whether the user may speak in the room.</summary>
    public static Refusal? RefuseToSpeak(Room room, string userId, long nowMs) =>
        RefuseToAct(room, userId, nowMs)
        ?? (Sanctions.Find(room, userId, SanctionKind.Mute, nowMs) is { } mute ? Refuse(RefusalCode.Muted, "You are muted in this room.", mute, nowMs) : null);

    /// <summary>Whether the user may do what this permission is for.</summary>
    public static Refusal? RefusePermission(Room room, string userId, RoomPermission permission, long nowMs)
    {
        if (room.Sanctions.IsEmpty)
            return null;
        if (permission == RoomPermission.Chat)
            return RefuseToSpeak(room, userId, nowMs);
        if (RefuseToAct(room, userId, nowMs) is { } refusal)
            return refusal;
        return permission == RoomPermission.AddSongs && Sanctions.Find(room, userId, SanctionKind.QueueBan, nowMs) is { } queueBan
            ? Refuse(RefusalCode.Forbidden, "You may not add songs to this room.", queueBan, nowMs) with { Detail = "queueBan" }
            : null;
    }

    private static Refusal Refuse(string code, string message, Sanction sanction, long nowMs) => new()
    {
        Code = code,
        Message = message,
        Retryable = sanction.UntilMs is not null,
        RetryAfterMs = sanction.UntilMs - nowMs,
        Detail = sanction.Reason,
    };
}
