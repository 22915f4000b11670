using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Storage;
using Orleans.TestingHost;
using WhatsSound.Grains;
using WhatsSound.Grains.Storage;
using WhatsSound.Grains.Streams;
using WhatsSound.Playback;
using WhatsSound.Streams;
using WhatsSound.Tests.Simulation.Judges;

namespace WhatsSound.Tests.Simulation.Storms;

/// <summary>The product's grains on a few silos of Orleans in this process, which can be killed.</summary>
internal sealed class StormCluster : IAsyncDisposable
{
    /// <summary>Real time; what the network of the storm loses is told in virtual time. This is for what a killed silo takes with it.</summary>
    private static readonly TimeSpan SiloPatience = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan ClientPatience = 3 * SiloPatience;

    private readonly StormWorld _world;
    private readonly InProcessTestCluster _cluster;

    public StormCluster(StormWorld world, short silosCount)
    {
        _world = world;
        var builder = new InProcessTestClusterBuilder(silosCount);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((options, silo) => Configure(silo, options.SiloName));
        builder.ConfigureClient(client =>
        {
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = ClientPatience);
            client.AddOutgoingGrainCallFilter(world.Network);
        });
        _cluster = builder.Build();
    }

    public IClusterClient Client => _cluster.Client;

    public Task StartAsync() => _cluster.DeployAsync();

    /// <summary>As a crash: nothing that it had in memory is told or kept. Virtual time hardly passes until the others know.</summary>
    public Task KillSiloAsync(Func<IReadOnlyList<InProcessSiloHandle>, InProcessSiloHandle> pick) => _world.Clock.SlowlyAsync(() =>
    {
        var silo = pick([.. _cluster.Silos]);
        _world.Offsets.Leaves(silo.Name);
        return _cluster.KillSiloAsync(silo);
    });

    /// <summary>As a deployment does: the silo ends what it has begun, and its grains move.</summary>
    public Task StopSiloAsync(Func<IReadOnlyList<InProcessSiloHandle>, InProcessSiloHandle> pick) =>
        _world.Clock.SlowlyAsync(() => _cluster.StopSiloAsync(pick([.. _cluster.Silos])));

    /// <summary>Moves the grain to another silo, if it is active at all. Whether it was.</summary>
    public async Task<bool> MoveAsync(IAddressable grain, int number)
    {
        if (!_cluster.TryGetGrainContext(grain.GetGrainId(), out var context))
            return false;
        SiloAddress[] others = [.. _cluster.GetActiveSilos().Select(silo => silo.SiloAddress).Where(silo => !silo.Equals(context.Address.SiloAddress))];
        if (others.Length == 0)
            return false;
        await _cluster.MigrateAsync(grain.GetGrainId(), others[number % others.Length]);
        return true;
    }

    public Task StartSiloAsync() => _world.Clock.SlowlyAsync(_cluster.StartAdditionalSiloAsync);

    /// <summary>Kills the silo on which the grain is active.</summary>
    public Task KillSiloOfAsync(IAddressable grain)
    {
        if (!_cluster.TryGetGrainContext(grain.GetGrainId(), out var context))
            throw new InvalidOperationException($"{grain.GetGrainId()} is not active.");
        return KillSiloAsync(_ => _cluster.GetSiloForAddress(context.Address.SiloAddress!)!);
    }

    public Task DeactivateAsync(IAddressable grain) => _cluster.DeactivateAsync(grain.GetGrainId());

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    private void Configure(ISiloBuilder silo, string name)
    {
        // Grains live in virtual time; the silo's own loops would spin in it.
        silo.Services.Replace(ServiceDescriptor.Singleton(_world.Clock.Time));
        silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = SiloPatience);
        silo.AddOutgoingGrainCallFilter(_world.Network);
        silo.AddIncomingGrainCallFilter(_world.Network);
        silo.Services.AddSingleton<ILaneSender>(provider =>
            new JudgedSender(provider.GetRequiredService<LaneHub>(), name, _world.Offsets, provider.GetRequiredService<IRoomClock>()));
        silo.Services.AddSingleton<IMessageLog>(_world.Database);
        silo.Services.AddSingleton<IRestingChannels>(_world.Database);
        silo.Services.AddSingleton<IRoomJournal>(_world.Database);
        silo.Services.AddSingleton<IGrainStorage>(_world.Database);
        silo.Services.AddKeyedSingleton<IGrainStorage>(KeyedService.AnyKey, _world.Database);
        silo.UseInMemoryReminderService();
        silo.AddWhatsSoundGrains();

        // A silo that is stopped when the run is over would wait for this in a time that no longer passes.
        silo.Configure<LaneOptions>(options => options.StopTimeout = TimeSpan.Zero);
    }
}
