using System.Collections.Immutable;

namespace WhatsSound.Queue;

/// <summary>A part of a room's fallback playlist, in its order. Pages of one <see cref="Revision"/> are of one playlist.</summary>
[GenerateSerializer, Immutable, Alias("ws.FallbackPage")]
public sealed record FallbackPage
{
    /// <summary>How many tracks a page has at most.</summary>
    public const int TracksMax = 100;

    /// <summary>The tracks from the one that was asked for.</summary>
    [Id(0)] public required ImmutableArray<Track> Tracks { get; init; }

    /// <summary>How many there are in all.</summary>
    [Id(1)] public required int Total { get; init; }

    /// <summary>From which the next page is; null: there is none.</summary>
    [Id(2)] public int? Next { get; init; }

    /// <summary>Of which playlist, as <see cref="FallbackView.Revision"/>.</summary>
    [Id(3)] public long Revision { get; init; }
}
