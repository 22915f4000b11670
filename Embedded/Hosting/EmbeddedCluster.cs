using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using WhatsSound.Embedded.Hosting;
using WhatsSound.Embedded.Runtime;
using WhatsSound.Embedded.Storage;

namespace WhatsSound.Embedded;

/// <summary>
/// Several silos and clients in one process, each with services of its own. Silos can be stopped in good order or killed: a killed
/// silo runs nothing more, what called it fails or times out, and its grains come back on another silo at the next call.
/// </summary>
public sealed class EmbeddedCluster : IAsyncDisposable
{
    private readonly ClusterRuntime runtime;
    private readonly EmbeddedClusterOptions options;
    private readonly TimeProvider? time;
    private readonly List<EmbeddedSilo> silos = [];
    private readonly List<EmbeddedClient> clients = [];

    public EmbeddedCluster(EmbeddedClusterOptions options)
        : this(options, new ClusterRuntime(), null)
    {
    }

    internal EmbeddedCluster(EmbeddedClusterOptions options, ClusterRuntime runtime, TimeProvider? time)
    {
        this.options = options;
        this.runtime = runtime;
        this.time = time;
    }

    /// <summary>Those that run, oldest first.</summary>
    public IReadOnlyList<EmbeddedSilo> Silos => silos;

    /// <summary>Those that run, oldest first.</summary>
    public IReadOnlyList<EmbeddedClient> Clients => clients;

    /// <summary>What goes wrong with storage from now on; null for nothing.</summary>
    public StorageFaults? StorageFaults
    {
        get => runtime.StorageFaults;
        set => runtime.StorageFaults = value;
    }

    public async Task<EmbeddedSilo> StartSiloAsync(string? name = null)
    {
        var builder = NewHost();
        builder.Services.Configure<SiloOptions>(silo => silo.SiloName = name ?? runtime.NextName("silo"));
        options.ConfigureSiloHost(builder);
        builder.UseOrleans(options.ConfigureSilo);
        var silo = new EmbeddedSilo(new NodeHost(builder.Build()));
        await silo.Host.StartAsync();
        silos.Add(silo);
        return silo;
    }

    public async Task<EmbeddedClient> StartClientAsync()
    {
        var builder = NewHost();
        options.ConfigureClient(new ClientBuilder(builder.Services, builder.Configuration));
        var client = new EmbeddedClient(new NodeHost(builder.Build()));
        await client.Host.StartAsync();
        clients.Add(client);
        return client;
    }

    /// <summary>Deactivates its grains, then ends it.</summary>
    public async Task StopSiloAsync(EmbeddedSilo silo)
    {
        silos.Remove(silo);
        await silo.Host.StopAsync();
    }

    /// <summary>Ends it as a crash does: turns stop where they are, and no grain is told.</summary>
    public async Task KillSiloAsync(EmbeddedSilo silo)
    {
        silos.Remove(silo);
        silo.Silo.Kill();
        await silo.Host.DisposeAsync();
    }

    /// <summary>Ends it as a crash does: its observers are gone, and nobody is told.</summary>
    public async Task KillClientAsync(EmbeddedClient client)
    {
        clients.Remove(client);
        client.Node.Kill();
        await client.Host.DisposeAsync();
    }

    /// <summary>The silo that holds the grain's activation; null if it has none.</summary>
    public EmbeddedSilo? FindSilo(GrainId grainId)
        => runtime.Directory.Find(grainId) is { } activation ? silos.Find(silo => ReferenceEquals(silo.Silo, activation.Silo)) : null;

    public bool TryGetGrainContext(GrainId grainId, out IGrainContext? grainContext) => (grainContext = runtime.Directory.Find(grainId)) is not null;

    /// <summary>Asks the grain's activation, if there is one, to go, and waits until it has.</summary>
    public async Task DeactivateAsync(GrainId grainId)
    {
        if (runtime.Directory.Find(grainId) is not { } activation) return;
        activation.Deactivate(new(DeactivationReasonCode.ApplicationRequested, "The cluster was asked to deactivate it."));
        await activation.Deactivated;
    }

    public Task WaitForDeactivationAsync(GrainId grainId) => runtime.Directory.Find(grainId)?.Deactivated ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients.ToArray()) await KillClientAsync(client);
        foreach (var silo in silos.ToArray()) await StopSiloAsync(silo);
    }

    private HostApplicationBuilder NewHost()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.Services.AddSingleton(runtime);
        if (time is not null) builder.Services.AddSingleton(time);
        return builder;
    }
}
