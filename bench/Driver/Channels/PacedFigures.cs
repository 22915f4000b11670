using WhatsSound.Bench.FanOut;
using WhatsSound.Bench.Measures;

namespace WhatsSound.Bench.Channels;

/// <summary>Publishing at a steady rate.</summary>
/// <param name="PerSecond">Publications acknowledged a second.</param>
/// <param name="Loaded">From when each was due to its acknowledgement.</param>
/// <param name="ServerLoad">The server's share of its core.</param>
/// <param name="DriverLoad">The driver's share of its core.</param>
/// <param name="Goal">The bound on the 99th percentile; null: none.</param>
internal sealed record PacedFigures(double PerSecond, Latencies Loaded, double ServerLoad, double DriverLoad, Goal? Goal);
