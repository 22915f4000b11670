using System.Collections.Immutable;
using WhatsSound.Publications;

namespace WhatsSound.Users;

/// <summary>A session whose connection is gone: what any gateway needs to go on with it. Positions, never what waited to be sent.</summary>
[GenerateSerializer, Immutable, Alias("ws.ParkedSession")]
public sealed record ParkedSession
{
    /// <summary>By which its client knows it, over all its connections.</summary>
    [Id(0)] public required string SessionId { get; init; }

    /// <summary>SHA-256 of the key that its client shows.</summary>
    [Id(1)] public required ImmutableArray<byte> KeyHash { get; init; }

    /// <summary>The door that it came through: it returns through the same.</summary>
    [Id(2)] public required string Door { get; init; }

    /// <summary>The rooms that it was in.</summary>
    [Id(3)] public ImmutableArray<string> Rooms { get; init; } = [];

    /// <summary>The channels that it was attached to.</summary>
    [Id(4)] public ImmutableArray<ParkedChannel> Channels { get; init; } = [];

    /// <summary>For how long it is kept.</summary>
    [Id(5)] public required long ForMs { get; init; }

    /// <summary>How many messages its door has counted; 0 where it does not count.</summary>
    [Id(6)] public long SentCount { get; init; }

    /// <summary>The last of these, in order, without gap.</summary>
    [Id(7)] public ImmutableArray<SentMark> SentMarks { get; init; } = [];

    /// <summary>The number of its last connection: each has a higher one than the one before. 0: a gateway of an older version, which does not count them.</summary>
    [Id(8)] public int ConnectionNumber { get; init; }

    /// <summary>About how many bytes it takes.</summary>
    public int BytesEstimate => 256 + Channels.Sum(static channel => channel.BytesEstimate) + (64 * Rooms.Length) + (96 * SentMarks.Length);

    /// <summary>
    /// Where a client stands in each channel that has got so many of the counted messages, and no more. Null: that is not known any more, or it was never sent so many. A channel that is not
    /// in it is one of which nothing is known.
    /// </summary>
    public IReadOnlyDictionary<string, Position>? PositionsAt(long count)
    {
        if (count < SentCount - SentMarks.Length || count > SentCount)
            return null;
        var positions = new Dictionary<string, Position>(StringComparer.Ordinal);
        foreach (var channel in Channels)
        {
            var first = SentMarks.FirstOrDefault(mark => mark.Number > count && string.Equals(mark.Channel, channel.Channel, StringComparison.Ordinal));
            if ((first is null ? channel.Sent : first.Before) is { } position)
                positions.Add(channel.Channel, position);
        }

        return positions;
    }
}
