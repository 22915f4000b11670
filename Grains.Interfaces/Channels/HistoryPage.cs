using System.Collections.Immutable;
using WhatsSound.Publications;

namespace WhatsSound.Channels;

/// <summary>A part of a channel's history, as its amendments have left it.</summary>
[GenerateSerializer, Immutable, Alias("ws.HistoryPage")]
public sealed record HistoryPage
{
    /// <summary>The channel's head when it was read: nothing above it is here.</summary>
    [Id(0)] public required Position Position { get; init; }

    /// <summary>In offset order, whichever end was asked for; as many as were asked for, unless there are no more, or their content is too large.</summary>
    [Id(1)] public required ImmutableArray<Publication> Publications { get; init; }

    /// <summary>Where the next page goes on, within the same bounds: <see cref="HistoryRequest.After"/> of the next where the oldest were asked for, otherwise its <see cref="HistoryRequest.Before"/>. Null: there is none.</summary>
    [Id(2)] public long? Next { get; init; }

    /// <summary>
    /// Whether nothing is missing: the page has each publication from its bound to where the next one goes on, and on a conflated channel the newest of each key. False, where some are no longer kept. Null: from a
    /// channel of a version that knows only <see cref="HistoryRequest.Before"/> and <see cref="HistoryRequest.After"/>, and says no more of it.
    /// </summary>
    [Id(3)] public bool? IsComplete { get; init; }
}
