using WhatsSound.Tests.Engine.Fixture;

[assembly: AssemblyFixture(typeof(SharedCluster))]

namespace WhatsSound.Tests.Engine.Fixture;

/// <summary>One silo and a client, on real time, for all tests that need nothing more. Each test uses grains of its own.</summary>
public sealed class SharedCluster : IAsyncLifetime
{
    private ITestCluster? cluster;

    public IClusterClient Client => Cluster.Client;

    public ITestCluster Cluster => cluster!;

    public async ValueTask InitializeAsync()
        => cluster = await TestCluster.StartAsync(new() { Silo = silo => silo.AddMemoryGrainStorageAsDefault() });

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();
}
