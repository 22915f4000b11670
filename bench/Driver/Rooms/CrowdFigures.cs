using WhatsSound.Bench.Measures;

namespace WhatsSound.Bench.Rooms;

/// <summary>What one room with so many members does, as far as it could be measured.</summary>
internal sealed record CrowdFigures
{
    public required int Members { get; init; }

    /// <summary>From asking to join to having read the whole snapshot.</summary>
    public Latencies? Joins { get; init; }

    /// <summary>Frames of playback a second, while everybody listens and nobody does anything.</summary>
    public double? SteadyPlaybackFrames { get; init; }

    /// <summary>Votes a second that were answered.</summary>
    public double? Votes { get; init; }

    /// <summary>Frames of the queue a second meanwhile.</summary>
    public double? QueueFrames { get; init; }

    /// <summary>From sending a vote to reading its answer, in that storm.</summary>
    public Latencies? VoteLatency { get; init; }

    /// <summary>Bytes of a snapshot by songs in the queue.</summary>
    public IReadOnlyList<(int Songs, int Bytes)> Snapshots { get; init; } = [];
}
