using WhatsSound.Bench.Measures;

namespace WhatsSound.Bench.FanOut;

/// <summary>What one listener that stops reading does to the others and to the server.</summary>
internal sealed record StallFigures
{
    public required Latencies Without { get; init; }

    public required Latencies With { get; init; }

    /// <summary>The share of messages that reached the others within the test while one was stalled.</summary>
    public required double DeliveredWith { get; init; }

    /// <summary>The most that resident memory grew in a window with a stalled listener.</summary>
    public long ResidentGrowthBytes { get; init; }

    /// <summary>How many of the stalled connections the server ended.</summary>
    public int ClosedByServer { get; init; }
}
