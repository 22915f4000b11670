namespace WhatsSound.Client;

/// <summary>Which page of a channel's history: of what lies within all bounds that are set, the newest, or the oldest.</summary>
public sealed record HistoryOptions
{
    /// <summary>Offsets below this one.</summary>
    public long? Before { get; init; }

    /// <summary>Offsets above this one.</summary>
    public long? After { get; init; }

    /// <summary>Not before this time, by the server's clock, to the millisecond.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this time.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>The oldest first; otherwise the newest, though a page is in the order of publication either way.</summary>
    public bool IsForward { get; init; }

    /// <summary>How many at most: up to 1,000; null: 100.</summary>
    public int? Max { get; init; }

    /// <summary>Publications of these events only, up to 16; null or empty: of all. A page then has fewer, or none, and the next one still more.</summary>
    public IReadOnlyList<string>? Events { get; init; }

    /// <summary>The request that asks for it.</summary>
    internal HistoryRequest RequestOf(string channel) => new(
        channel,
        Before,
        After,
        From?.ToUnixTimeMilliseconds(),
        To?.ToUnixTimeMilliseconds(),
        IsForward ? "forward" : null,
        Max,
        Events is { Count: > 0 } ? Events : null);
}
