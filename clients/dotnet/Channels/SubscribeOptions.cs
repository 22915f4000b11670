namespace WhatsSound.Client;

/// <summary>Where a subscription begins (now, unless one of the first three is set, and no more than one may be) and what of the channel it gets.</summary>
public sealed record SubscribeOptions
{
    /// <summary>Goes on from a position that was kept, as over a restart of the program.</summary>
    public Position? Since { get; init; }

    /// <summary>Begins with so many publications of before, up to 100.</summary>
    public int? RewindCount { get; init; }

    /// <summary>Begins with the publications of so much time before, up to 2 minutes.</summary>
    public TimeSpan? Rewind { get; init; }

    /// <summary>False: nothing comes that this client published itself.</summary>
    public bool Echo { get; init; } = true;

    /// <summary>Publications of these events only, up to 15; null or empty: of all.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>
    /// Publications only whose headers have all of these values, up to 8; null or empty: whatever they have. Presence has no headers: who is there is then known as of the last
    /// time that it was asked.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Headers { get; init; }

    /// <summary>Tells how many are there, too: <see cref="Channel.OccupancyChanged"/>.</summary>
    public bool Occupancy { get; init; }

    /// <summary>False: nobody is told as here or gone, neither as <see cref="Channel.Published"/> nor by <see cref="Channel.Presence"/>.</summary>
    public bool Presence { get; init; } = true;

    /// <summary>Whether the server leaves something out.</summary>
    internal bool IsFiltered => !Echo || !Presence || Events is { Count: > 0 } || Headers is { Count: > 0 };

    /// <summary>The request that asks for it. Who is there is told by publications too, which this client needs for itself.</summary>
    internal SubscribeRequest RequestOf(string channel) => new(
        channel,
        Echo: Echo ? null : false,
        Events: Events is { Count: > 0 } ? [.. Events.Append(ChannelPresence.EventName).Distinct(StringComparer.Ordinal)] : null,
        Headers: Headers is { Count: > 0 } ? Headers : null,
        Occupancy: Occupancy ? true : null,
        Presence: Presence ? null : "none");
}
