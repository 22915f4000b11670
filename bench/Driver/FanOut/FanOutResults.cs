using WhatsSound.Bench.Measures;
using WhatsSound.Bench.Servers;

namespace WhatsSound.Bench.FanOut;

/// <summary>All that was measured of one server.</summary>
internal sealed class FanOutResults(ServerUnderTest server)
{
    public ServerUnderTest Server { get; } = server;

    public string Title => Server.Title;

    /// <summary>One per round, in the order of the rounds.</summary>
    public List<FanOutFigures> FanOut { get; } = [];

    public IdleMemoryFigures? IdleMemory { get; set; }

    public StallFigures? Stall { get; set; }

    /// <summary>The latencies of all rounds; null if there was none.</summary>
    public Latencies? Latency => FanOut.Count == 0 ? null : new Latencies(FanOut.SelectMany(f => f.Latency.SamplesUs));
}
