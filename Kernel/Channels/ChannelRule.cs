namespace WhatsSound.Channels;

/// <summary>
/// The rules of the channels that match <see cref="Pattern"/>. The most specific pattern wins as a whole; rules are not merged.
/// In a pattern <c>*</c> stands for one segment, and as the last segment for one or more; of two patterns the one with more literal segments is more
/// specific, then the one with more segments.
/// </summary>
public sealed record ChannelRule
{
    /// <summary>For example <c>room:*:playback</c>.</summary>
    public required string Pattern { get; init; }

    /// <summary>How many publications can be recovered. 512: a busy chat's 10 s at 50/s.</summary>
    public int HistoryCountMax { get; init; } = 512;

    /// <summary>
    /// How many bytes of data can be recovered, and the most that one recovery or rewind answers. 1 MiB: sixteen of the largest publications or 512 of 2 KiB;
    /// a thousand full channels take 1 GiB. 64 KiB to 64 MiB, and at least <see cref="PublicationBytesMax"/>.
    /// </summary>
    public int HistoryBytesMax { get; init; } = 1024 * 1024;

    /// <summary>For how long a publication can be recovered. 2 minutes: a train tunnel.</summary>
    public TimeSpan HistoryAge { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How long every publication is kept in the message log, which has it before it is acknowledged; null: not kept. 24 to 72 h.</summary>
    public TimeSpan? PersistAll { get; init; }

    /// <summary>Whether the last publication (per key, on a conflating channel) is kept for 365 days.</summary>
    public bool PersistLast { get; init; }

    /// <summary>Null: ordered delivery. Otherwise at most one frame per interval, newest per key.</summary>
    public TimeSpan? ConflateInterval { get; init; }

    /// <summary>How many publications are collected into one frame; 1: none.</summary>
    public int BatchCountMax { get; init; } = 1;

    /// <summary>How long publications are collected for.</summary>
    public TimeSpan BatchInterval { get; init; } = TimeSpan.FromMilliseconds(100);

    /// <summary>Whether the channel has members.</summary>
    public bool Presence { get; init; }

    /// <summary>Up to how many members are told one by one; above, in summary.</summary>
    public int PresenceDetailMax { get; init; } = 100;

    /// <summary>
    /// How long a gateway's connections count without a renewal. 60 s: longer than a client takes to miss a gateway that hangs (30 s) and to come back on another one
    /// (20 s), or it would be told as left and joined; gateways check that at start. Who died with a gateway is shown for that long.
    /// </summary>
    public TimeSpan PresenceLease { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long a user whose last connection was lost still counts.</summary>
    public TimeSpan PresenceGrace { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Who decides which sessions may subscribe, publish and see who is there. Null: the room for channels in the namespace <c>room</c>, otherwise nobody; so that a rule which replaces one of
    /// the product's to keep a longer history does not open the room by what it does not say.
    /// </summary>
    public ChannelManager? ManagedBy { get; init; }

    /// <summary>Whether only a session over TLS may attach.</summary>
    public bool TlsOnly { get; init; }

    /// <summary>
    /// Whether clients may use these channels at all: off in a rule for <c>*</c>, they may use only those that another rule names.
    /// </summary>
    public bool ClientUse { get; init; } = true;

    /// <summary>Whether a client may publish; off where a grain is the only writer.</summary>
    public bool ClientPublish { get; init; } = true;

    /// <summary>
    /// What a session without a user may do: <c>Subscribe</c>, <c>Publish</c>, <c>History</c>, or several of them. Nothing: strangers are not let near a channel by what a rule does not say.
    /// Presence is for users, who are what it shows.
    /// </summary>
    public AnonymousUse Anonymous { get; init; }

    /// <summary>Whether only a session with a user may use the channel, said once and for all: a rule that says so and gives something to sessions without one is refused at start.</summary>
    public bool Identified { get; init; }

    /// <summary>The most bytes of one publication's data.</summary>
    public int PublicationBytesMax { get; init; } = 64 * 1024;

    /// <summary>How many publications a second one user may make under this rule, by all connections to one gateway; a second's worth at once.</summary>
    public int PublicationsPerSecondMax { get; init; } = 50;

    /// <summary>How many publications a second one connection may make under this rule, a second's worth at once; null: as many as its user.</summary>
    public int? ConnectionPublicationsPerSecondMax { get; init; }

    /// <summary>How many publications a second users and servers may make in one channel together, through all gateways; a second's worth at once. Null: no such limit.</summary>
    public int? ChannelPublicationsPerSecondMax { get; init; }

    /// <summary>Who manages a channel of this rule.</summary>
    public ChannelManager ManagerOf(string channel)
    {
        ArgumentNullException.ThrowIfNull(channel);
        return ManagedBy ?? (channel.StartsWith("room:", StringComparison.Ordinal) ? ChannelManager.Room : ChannelManager.Nobody);
    }
}
