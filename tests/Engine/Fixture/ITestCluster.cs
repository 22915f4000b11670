using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Engine.Fixture;

/// <summary>A cluster of either engine, as the tests see it.</summary>
public interface ITestCluster : IAsyncDisposable
{
    IClusterClient Client { get; }

    /// <summary>The grains' clock, if the setup asked for one that the test moves.</summary>
    ManualTime Time { get; }

    IReadOnlyList<ITestSilo> Silos { get; }

    Task<ITestSilo> StartSiloAsync();

    Task StopSiloAsync(ITestSilo silo);

    Task KillSiloAsync(ITestSilo silo);

    Task KillClientAsync();

    /// <summary>After the client was killed: makes another.</summary>
    Task StartClientAsync();

    ITestSilo? FindSilo(GrainId grainId);

    Task DeactivateAsync(GrainId grainId);

    Task WaitForDeactivationAsync(GrainId grainId);
}
