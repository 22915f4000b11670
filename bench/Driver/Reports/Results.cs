using WhatsSound.Bench.Scenarios;
using WhatsSound.Bench.Servers;

namespace WhatsSound.Bench.Reports;

/// <summary>All that was measured of one server.</summary>
internal sealed class Results(ServerUnderTest server)
{
    public ServerUnderTest Server { get; } = server;

    /// <summary>One per round, in the order of the rounds.</summary>
    public List<FanOutFigures> FanOut { get; } = [];

    public IdleMemoryFigures? IdleMemory { get; set; }

    public StallFigures? Stall { get; set; }
}
