using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Storage;
using Orleans.TestingHost;
using WhatsSound.Grains;
using WhatsSound.Grains.Storage;
using WhatsSound.Grains.Streams;
using WhatsSound.Grains.Users;
using WhatsSound.Playback;
using WhatsSound.Tests.Gateway.Clients.Clock;
using WhatsSound.Tests.Grains;
using WhatsSound.Tests.Grains.Playback;
using WhatsSound.Tests.Simulation.Resumes;

namespace WhatsSound.Tests.Simulation.Sync;

/// <summary>Two machines with a silo and a gateway each, whose clocks are up to 300 ms apart and go apart by some 25 ppm, in virtual time.</summary>
internal sealed class SyncCluster : IAsyncDisposable
{
    private const int MachinesCount = 2;

    private static readonly IReadOnlyDictionary<string, string?> Settings = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Identity:SigningKey"] = "a key for tests that is long enough to sign with",
    };

    private readonly MemoryMessageLog _log = new();
    private readonly MemoryRestingChannels _resting = new();
    private readonly MemoryRoomJournal _journal = new();
    private readonly MemoryStorage _storage = new();
    // Silos start side by side.
    private readonly ConcurrentQueue<DeviceTime> _times;
    private readonly InProcessTestCluster _cluster;

    private SyncCluster(Seeded random)
    {
        _times = new(Enumerable.Range(0, MachinesCount).Select(_ => new DeviceTime(Time, TimeSpan.FromMilliseconds(random.Between(-150, 150)), 25 * random.Normal())));
        var builder = new InProcessTestClusterBuilder(MachinesCount);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSilo((_, silo) => Configure(silo, _times.TryDequeue(out var time) ? time : throw new InvalidOperationException("There are more silos than clocks.")));
        builder.ConfigureClient(client => client.AddOutgoingGrainCallFilter(Still));
        _cluster = builder.Build();
    }

    public TrueTime Time { get; } = new();

    public Stillness Still { get; } = new();

    public IReadOnlyList<ResumeGateway> Gateways { get; private set; } = [];

    public IClusterClient Client => _cluster.Client;

    public static async Task<SyncCluster> StartAsync(int seed)
    {
        var cluster = new SyncCluster(new Seeded(seed));
        await cluster._cluster.DeployAsync();
        foreach (var silo in cluster._cluster.GetActiveSilos())
        {
            var services = cluster._cluster.GetSiloServiceProvider(silo.SiloAddress);
            await services.GetRequiredService<IRoomClock>().WhenSet;
            cluster.Gateways = [.. cluster.Gateways, await ResumeGateway.StartAsync(cluster.Client, Settings, gateway =>
            {
                // As in a process that is both.
                gateway.AddSingleton(services.GetRequiredService<TimeProvider>());
                gateway.AddSingleton(services.GetRequiredService<IRoomClock>());
            })];
        }

        return cluster;
    }

    /// <summary>What time it is in the cluster, in milliseconds.</summary>
    public async Task<double> ReadTimeAsync() => (await Client.GetGrain<IClockGrain>(IClockGrain.Key).ReadAsync()).SentUs / 1_000.0;

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in Gateways)
            await gateway.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    private void Configure(ISiloBuilder silo, TimeProvider time)
    {
        silo.Services.Replace(ServiceDescriptor.Singleton(time));
        silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        silo.AddOutgoingGrainCallFilter(Still);
        silo.AddIncomingGrainCallFilter(Still);
        silo.Services.AddSingleton<IMessageLog>(_log);
        silo.Services.AddSingleton<IRestingChannels>(_resting);
        silo.Services.AddSingleton<IRoomJournal>(_journal);
        silo.Services.AddSingleton<IGrainStorage>(_storage);
        silo.Services.AddKeyedSingleton<IGrainStorage>(KeyedService.AnyKey, _storage);
        silo.UseInMemoryReminderService();

        // A gateway answers on its own threads: a clock that jumps meanwhile would have it given up.
        silo.Services.AddSingleton(static provider => ActivatorUtilities.CreateInstance<LaneHub>(provider, TimeProvider.System));
        silo.Services.AddClusterClock();
        silo.AddWhatsSoundGrains();
        silo.Configure<UserOptions>(options => (options.RoomsOwnedMax, options.RoomsPerHourMax) = (1_000, 1_000));
        silo.Configure<LaneOptions>(options => (options.StopTimeout, options.FailuresMax) = (TimeSpan.Zero, 100));
    }
}
