namespace WhatsSound.Embedded.Simulation;

/// <summary>The simulation itself could not go on; what the scenario throws is passed through as it is.</summary>
public sealed class SimulationException(int seed, string message) : Exception($"Simulation with seed {seed}: {message}");
