using System.Collections.Immutable;
using WhatsSound.Queue;

namespace WhatsSound.Rooms;

/// <summary>Sets what plays, round and round, when nothing is queued; no tracks: silence. Refusals: FORBIDDEN, TRACK_TOO_LONG.</summary>
[GenerateSerializer, Immutable, Alias("ws.SetFallback")]
public sealed record SetFallback : RoomAction
{
    /// <summary>The most tracks.</summary>
    public const int TracksMax = 200;

    /// <summary>Up to <see cref="TracksMax"/>.</summary>
    [Id(0)] public required ImmutableArray<Track> Tracks { get; init; }
}
