using WhatsSound.Presence;

namespace WhatsSound.Grains.Presence;

/// <summary>A connection of a member.</summary>
/// <param name="Entry">As it entered last: its gateway, its number, and what it shows of the member.</param>
/// <param name="Ordinal">Higher than that of every connection that entered the channel before.</param>
internal sealed record MemberConnection(PresenceEntry Entry, long Ordinal)
{
    public ConnectionName Name => new(Entry.UserId, Entry.ConnectionId);

    /// <summary>As those know it who follow connections.</summary>
    public ConnectionName ShownName => new(Entry.UserId, ShownId);

    public string ShownId => Entry.SessionId ?? Entry.ConnectionId;

    /// <summary>When it, or the one that it goes on for, entered first.</summary>
    public long EnteredAtMs { get; init; }

    /// <summary>The ordinal with which it began to show what it shows.</summary>
    public long ShownSince { get; init; } = Ordinal;

    /// <summary>When it is not shown any more, if it was lost; null: it is there.</summary>
    public long? LostUntilMs { get; init; }

    /// <summary>What the connection adds to the digest of its gateway's.</summary>
    public ulong Digest { get; } = ConnectionDigest.Of(Entry);

    /// <summary>In the place of one that is shown by the same name; null: of none.</summary>
    public MemberConnection After(MemberConnection? former, long nowMs) => former is null
        ? this with { EnteredAtMs = nowMs }
        : this with
        {
            EnteredAtMs = former.EnteredAtMs,
            ShownSince = former.Entry.Info == Entry.Info && former.Entry.DisplayName == Entry.DisplayName ? former.ShownSince : Ordinal,
        };

    public PresenceConnection Show() => new()
    {
        UserId = Entry.UserId,
        ConnectionId = ShownId,
        Info = Entry.Info,
        DisplayName = Entry.DisplayName,
        EnteredAtMs = EnteredAtMs,
        Number = ShownSince,
    };
}
