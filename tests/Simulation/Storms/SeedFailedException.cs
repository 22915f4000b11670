namespace WhatsSound.Tests.Simulation.Storms;

/// <summary>A storm broke a law: which seed it was, how to run its schedule again, and what led to it.</summary>
internal sealed class SeedFailedException(int seed, string story, Exception exception)
    : Exception(
        $"""
        Seed {seed}: {exception.Message}
        The same schedule again: {Seeds.Variable}={seed} artifacts/bin/Simulation.Tests/release/WhatsSound.Simulation.Tests
        {story}
        """,
        exception);
