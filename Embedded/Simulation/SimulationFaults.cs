namespace WhatsSound.Embedded.Simulation;

/// <summary>What goes wrong, and how often; may be changed while the simulation runs.</summary>
public sealed class SimulationFaults
{
    /// <summary>The share of one-way calls that never arrive.</summary>
    public double OneWayLoss { get; set; }

    /// <summary>Calls and responses take up to this long, each by chance: they may overtake each other.</summary>
    public TimeSpan MessageDelayMax { get; set; }

    /// <summary>The share of writes of grain state that fail, half of them after the write was done.</summary>
    public double WriteFailure { get; set; }
}
