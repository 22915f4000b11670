using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;
using Orleans.Storage;
using Orleans.TestingHost;
using WhatsSound.Channels;
using WhatsSound.Grains;
using WhatsSound.Grains.Storage;
using WhatsSound.Publications;
using WhatsSound.Tests.Grains;

namespace WhatsSound.Tests.Simulation.Resumes;

/// <summary>Two silos and two gateways, in real time: what is tested takes milliseconds. Channels remember little, so that it is easy to miss more.</summary>
internal sealed class ResumeCluster : IAsyncDisposable
{
    /// <summary>How many publications a channel remembers.</summary>
    public const int HistoryCount = 8;

    /// <summary>A call to a silo that was killed meanwhile is lost after this time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly MemoryMessageLog _log = new();
    private readonly MemoryRestingChannels _resting = new();
    private readonly MemoryStorage _storage = new();
    private readonly InProcessTestCluster _cluster;
    private readonly bool _isLying;

    private ResumeCluster(bool isLying)
    {
        _isLying = isLying;
        var builder = new InProcessTestClusterBuilder(2);
        builder.Options.ConfigureFileLogging = false;
        builder.ConfigureSiloHost((_, host) => host.Configuration.AddInMemoryCollection(Settings));
        builder.ConfigureSilo((_, silo) =>
        {
            silo.Configure<SiloMessagingOptions>(options => options.ResponseTimeout = Patience);
            silo.Services.AddSingleton<IMessageLog>(_log);
            silo.Services.AddSingleton<IRestingChannels>(_resting);
            silo.Services.AddSingleton<IGrainStorage>(_storage);
            silo.Services.AddKeyedSingleton<IGrainStorage>(KeyedService.AnyKey, _storage);
            silo.UseInMemoryReminderService();
            silo.AddWhatsSoundGrains();
        });
        builder.ConfigureClient(client =>
        {
            client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = 2 * Patience);
            client.AddOutgoingGrainCallFilter(LieAsync);
        });
        _cluster = builder.Build();
    }

    public IClusterClient Client => _cluster.Client;

    public IReadOnlyList<ResumeGateway> Gateways { get; private set; } = [];

    /// <summary>How many silos were killed.</summary>
    public int Kills { get; private set; }

    internal static IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Channels:Rules:0:Pattern"] = "*",
        ["Channels:Rules:0:HistoryCountMax"] = $"{HistoryCount}",
        ["Delivery:WindowPublicationsMax"] = "4",
        ["Delivery:RenewInterval"] = "00:00:00.300",
        ["Identity:SigningKey"] = "a key for tests that is long enough to sign with",
        // Those that were cut off, and of which nobody has noticed, are still counted.
        ["Users:ConnectionsMax"] = "100",
        ["Sessions:CloseTimeout"] = "00:00:00.200",
    };

    /// <param name="isLying">Whether channels say of each gap that it is closed, which is the mistake that a judge must find.</param>
    public static async Task<ResumeCluster> StartAsync(bool isLying = false)
    {
        var cluster = new ResumeCluster(isLying);
        await cluster._cluster.DeployAsync();
        cluster.Gateways = [await ResumeGateway.StartAsync(cluster.Client, Settings), await ResumeGateway.StartAsync(cluster.Client, Settings)];
        return cluster;
    }

    /// <summary>Publishes, however often it has to be tried, once.</summary>
    public Task<Position> PublishAsync(string channel, string id, string name) => RetryAsync(async () =>
    {
        var published = await Client.GetChannel(channel).PublishAsync(
            new PublishRequest { Id = id, Event = name, Data = new Payload("1"u8.ToArray()), Publisher = "the server" });
        return published.Value?.Position ?? throw new TimeoutException(published.Refusal!.Message);
    });

    public Task<Position> HeadOfAsync(string channel) => RetryAsync(async () => (await Client.GetChannel(channel).RecoverAsync(new RecoverRequest(), CancellationToken.None)).Position);

    /// <summary>As a crash, of the silo on which the grain is; another comes in its place.</summary>
    public async Task KillSiloOfAsync(IAddressable grain)
    {
        if (!_cluster.TryGetGrainContext(grain.GetGrainId(), out var context))
            throw new InvalidOperationException($"{grain.GetGrainId()} is nowhere.");
        Kills++;
        await _cluster.KillSiloAsync(_cluster.GetSiloForAddress(context.Address.SiloAddress!)!);
        await _cluster.StartAdditionalSiloAsync();
    }

    public static async Task<T> RetryAsync<T>(Func<Task<T>> call)
    {
        using var healing = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception exception) when (exception is OrleansException or TimeoutException && !healing.IsCancellationRequested)
            {
                await pause.WaitForNextTickAsync(CancellationToken.None);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in Gateways)
            await gateway.DisposeAsync();
        await _cluster.DisposeAsync();
    }

    private async Task LieAsync(IOutgoingGrainCallContext context)
    {
        await context.Invoke();
        if (_isLying && context.Result is Recovery { Verdict: Verdict.Lost } lost)
            context.Result = lost with { Verdict = Verdict.Recovered, LostFrom = null, LostTo = null };
    }
}
