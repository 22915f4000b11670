using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Orleans.Storage;
using WhatsSound.Channels;
using WhatsSound.Grains;
using WhatsSound.Grains.Hooks;
using WhatsSound.Grains.Rooms;
using WhatsSound.Grains.Storage;
using WhatsSound.Grains.Streams;
using WhatsSound.Grains.Users;
using WhatsSound.Playback;
using WhatsSound.Streams;

namespace WhatsSound.Tests.Grains;

/// <summary>
/// The product's grains on silos, two if nothing else is said, and a client. Grain storage, message log, journal and clock are shared by the silos and outlive each
/// of them, so that what a killed silo kept is found by the other. Time stands still unless a test advances it.
/// </summary>
public sealed class TestCluster : IAsyncLifetime
{
    private readonly ErrorLog _errors = new();
    private OrleansCluster _orleans = null!;

    public int SilosCount { get; init; } = 2;

    /// <summary>How many bytes of history a silo keeps; null: as many as it does unless told otherwise.</summary>
    public long? HistoryBytesMax { get; init; }

    /// <summary>How many rooms a user may own, and create an hour.</summary>
    public int RoomsMax { get; init; } = 1_000;

    /// <summary>After how many entries of its journal a room writes a snapshot; null: as many as it does unless told otherwise.</summary>
    public int? SnapshotEvery { get; init; }

    /// <summary>How many publications wait in a room for a channel that is away; null: as many as it lets wait unless told otherwise.</summary>
    public int? OutboxMax { get; init; }

    /// <summary>What the gateways are in the silos' processes, one silo after another, where each is alone; empty: no silo is.</summary>
    public Queue<Guid> SoleGatewayIds { get; init; } = [];

    /// <summary>What a silo does with calls that it makes; null: it makes them.</summary>
    public Func<IOutgoingGrainCallContext, Task>? Outgoing { get; set; }

    public FakeTimeProvider Time { get; } = new();

    /// <summary>The clock of each silo, as it starts; null: they share <see cref="Time"/>.</summary>
    public Func<TimeProvider>? TimeOfSilo { get; init; }

    /// <summary>Whether the silos agree on the time, as in a cluster of machines.</summary>
    public bool HasClusterClock { get; init; }

    public long NowMs => Time.GetUtcNow().ToUnixTimeMilliseconds();

    public MemoryMessageLog Log { get; } = new();

    public MemoryRestingChannels Resting { get; } = new();

    public MemoryRoomJournal Journal { get; } = new();

    public MemoryStorage Storage { get; } = new();

    public MemoryOutbox Outbox { get; } = new();

    /// <summary>What takes webhooks.</summary>
    internal HookReceivers Receivers { get; } = new();

    /// <summary>How webhooks are set.</summary>
    public Action<HookOptions>? Hooks { get; init; }

    /// <summary>What the silos have logged as errors.</summary>
    public IReadOnlyCollection<string> Errors => _errors.Lines;

    /// <summary>A client beside the silos, as a gateway has it.</summary>
    public IClusterClient Client => _orleans.Client;

    public IGrainFactory Grains => _orleans.Client;

    public async ValueTask InitializeAsync() => _orleans = await OrleansCluster.StartAsync(Configure, Time, SilosCount);

    /// <summary>
    /// Kills the silo on which the grain is active, as a crash would, and starts another in its place. Done when the cluster serves again; meanwhile calls
    /// may fail, as they may in life: see <see cref="RetryAsync{T}"/>.
    /// </summary>
    public async Task KillSiloOfAsync(IAddressable grain)
    {
        await _orleans.KillSiloOfAsync(grain.GetGrainId());
        await UntilServedAsync();
    }

    /// <summary>Stops the silo on which the grain is active in good order, and starts another in its place. Done when the cluster serves again.</summary>
    public async Task RestartSiloOfAsync(IAddressable grain)
    {
        await _orleans.StopSiloOfAsync(grain.GetGrainId());
        await _orleans.StartSiloAsync();
        await UntilServedAsync();
    }

    /// <summary>Moves the grain to the other silo of two.</summary>
    public async Task MigrateAsync(IAddressable grain)
    {
        var from = FindSiloOf(grain);
        await _orleans.MigrateAsync(grain.GetGrainId(), _orleans.Silos.Single(silo => !silo.Equals(from)));
    }

    /// <summary>Where the grain is active; null: nowhere.</summary>
    public SiloAddress? FindSiloOf(IAddressable grain) => _orleans.FindSiloOf(grain.GetGrainId());

    /// <summary>The grain itself, where it is active.</summary>
    public object InstanceOf(IAddressable grain) => _orleans.InstanceOf(grain.GetGrainId());

    /// <summary>What a silo has, by each of those that are active.</summary>
    public IReadOnlyList<T> OfSilos<T>()
        where T : notnull => [.. _orleans.Silos.Select(silo => _orleans.ServicesOf(silo).GetRequiredService<T>())];

    private async Task UntilServedAsync()
    {
        for (var probe = 0; probe < 32; probe++)
        {
            var channel = Grains.GetChannel($"probe:{probe}");
            await RetryAsync(() => channel.RecoverAsync(new()));
        }
    }

    /// <summary>The same call again until it is answered, as a gateway does while a cluster heals.</summary>
    public static async Task<T> RetryAsync<T>(Func<Task<T>> call)
    {
        using var healing = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        using var pause = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (true)
        {
            try
            {
                return await call();
            }
            catch (Exception exception) when (exception is OrleansException or TimeoutException)
            {
                await pause.WaitForNextTickAsync(healing.Token);
            }
        }
    }

    /// <summary>Deactivates the grain, in good order.</summary>
    public Task DeactivateAsync(IAddressable grain) => _orleans.DeactivateAsync(grain.GetGrainId());

    /// <summary>
    /// Advances the clock in steps, and after each waits for the barrier, normally a call to the grain whose timers matter: what the step made due has then
    /// been done. A step is no longer than the time between two things that one grain has to do: it arms its timer for the second while it does the first, and
    /// must not be overtaken by the clock.
    /// </summary>
    public async Task AdvanceAsync(TimeSpan by, TimeSpan step, Func<Task> barrier)
    {
        for (var left = by; left > TimeSpan.Zero; left -= step)
        {
            Time.Advance(left < step ? left : step);
            await barrier();
        }
    }

    public ValueTask DisposeAsync() => _orleans.DisposeAsync();

    private void Configure(ISiloBuilder silo)
    {
        silo.Services.AddSingleton<ILoggerProvider>(_errors);
        if (TimeOfSilo is not null)
            silo.Services.Replace(ServiceDescriptor.Singleton(TimeOfSilo()));
        silo.Services.AddSingleton<IMessageLog>(Log);
        silo.Services.AddSingleton<IRestingChannels>(Resting);
        silo.Services.AddSingleton<IRoomJournal>(Journal);
        silo.Services.AddSingleton<IOutbox>(Outbox);
        silo.Services.AddSingleton<IHookSender>(Receivers);
        if (Hooks is not null)
            silo.Configure(Hooks);
        silo.Services.AddSingleton<IGrainStorage>(Storage);
        silo.Services.AddKeyedSingleton<IGrainStorage>(KeyedService.AnyKey, Storage);
        silo.UseInMemoryReminderService();

        // A gateway answers on its own threads: a clock that jumps meanwhile would have it given up.
        silo.Services.AddSingleton(static provider => ActivatorUtilities.CreateInstance<LaneHub>(provider, TimeProvider.System));
        if (HasClusterClock)
            silo.Services.AddClusterClock();
        silo.AddWhatsSoundGrains();
        if (SoleGatewayIds.TryDequeue(out var gatewayId))
            silo.Services.AddSingleton(new SoleGateway(gatewayId));
        silo.AddOutgoingGrainCallFilter(context => Outgoing?.Invoke(context) ?? context.Invoke());
        silo.Configure<ChannelOptions>(static options => options.Rules.Add(new() { Pattern = "paced:*", ChannelPublicationsPerSecondMax = 2 }));
        if (HistoryBytesMax is { } historyBytesMax)
            silo.Configure<ChannelOptions>(options => options.HistoryBytesMax = historyBytesMax);

        if (SnapshotEvery is { } snapshotEvery)
            silo.Configure<RoomOptions>(options => options.SnapshotEvery = snapshotEvery);
        if (OutboxMax is { } outboxMax)
            silo.Configure<RoomOptions>(options => options.OutboxMax = outboxMax);

        // The tests share their owners.
        silo.Configure<UserOptions>(options => (options.RoomsOwnedMax, options.RoomsPerHourMax) = (RoomsMax, RoomsMax));

        // The clock stands still, so the stop would be waited for until the silo is forced to. A gateway that a test blocks is not given up while a silo stops, however slow the machine is.
        silo.Configure<LaneOptions>(options => (options.StopTimeout, options.FailuresMax) = (TimeSpan.Zero, 100));
    }
}
