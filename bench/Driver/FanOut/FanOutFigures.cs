using WhatsSound.Bench.Measures;

namespace WhatsSound.Bench.FanOut;

/// <summary>One measured window.</summary>
internal sealed record FanOutFigures
{
    public required double CpuUsPerDelivery { get; init; }

    /// <summary>Null where the runtime does not say.</summary>
    public required double? AllocatedBytesPerDelivery { get; init; }

    /// <summary>From the time a message was due to the time a listener's bytes were read.</summary>
    public required Latencies Latency { get; init; }

    public required long Expected { get; init; }

    public required long Duplicates { get; init; }

    public required long Reordered { get; init; }

    public required long Refused { get; init; }

    public string? FirstRefusal { get; init; }

    /// <summary>What compiling took in the window; near zero, or the window was too early.</summary>
    public required double? CompilationMs { get; init; }

    /// <summary>The share of its core that the server used.</summary>
    public required double ServerLoad { get; init; }

    /// <summary>The share of its core that the driver used; near 1 it measures itself.</summary>
    public required double DriverLoad { get; init; }

    /// <summary>The share of the server's core that others used; above a few percent, latencies are not the server's alone.</summary>
    public required double ForeignLoad { get; init; }

    /// <summary>How late the driver published, at the 99th percentile.</summary>
    public required double PublisherLateP99Ms { get; init; }

    public long Delivered => Latency.Count;
}
