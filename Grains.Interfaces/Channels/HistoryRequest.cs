namespace WhatsSound.Channels;

/// <summary>
/// Which page of a channel's history to read: of what lies within all of the bounds that are given, the newest or the oldest. A time stands for a place among the offsets, which goes by the times as they were
/// numbered; where the clock was set back, a publication near there may be on either side.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.HistoryRequest")]
public sealed record HistoryRequest
{
    /// <summary>Only publications with lower offsets.</summary>
    [Id(0)] public long? Before { get; init; }

    /// <summary>Only publications with higher offsets.</summary>
    [Id(1)] public long? After { get; init; }

    /// <summary>How many at most, 1 to 1,000.</summary>
    [Id(2)] public required int CountMax { get; init; }

    /// <summary>Only publications of that time or later, Unix time in milliseconds.</summary>
    [Id(3)] public long? FromMs { get; init; }

    /// <summary>Only publications of before that time.</summary>
    [Id(4)] public long? ToMs { get; init; }

    /// <summary>The oldest, from where what follows is the next page; otherwise the newest. Null: the oldest exactly where there is an <see cref="After"/> and no <see cref="Before"/>.</summary>
    [Id(5)] public bool? IsForward { get; init; }

    /// <summary>How many bytes of content at most, though one publication in any case; null: as many as they have.</summary>
    [Id(6)] public int? BytesMax { get; init; }
}
