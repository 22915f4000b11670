namespace WhatsSound.Tests.Simulation;

/// <summary>A run broke a law: which seed it was, how to replay it, and what led to it.</summary>
internal sealed class SeedFailedException(int seed, string story, Exception exception)
    : Exception(
        $"""
        Seed {seed}: {exception.Message}
        Replay: {Seeds.Variable}={seed} dotnet test tests/Simulation
        {story}
        """,
        exception);
