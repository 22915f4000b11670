namespace WhatsSound.Embedded.Simulation;

public sealed class SimulationOptions
{
    /// <summary>Decides everything that is left to chance; the same seed gives the same run.</summary>
    public required int Seed { get; init; }

    /// <summary>The virtual time at the beginning.</summary>
    public DateTimeOffset Start { get; init; } = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>A run that takes more steps than this has gone astray.</summary>
    public long StepsMax { get; init; } = 50_000_000;

    /// <summary>A run that takes more virtual time than this waits for something that never comes.</summary>
    public TimeSpan TimeMax { get; init; } = TimeSpan.FromDays(7);
}
