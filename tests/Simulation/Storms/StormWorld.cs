using WhatsSound.Rooms;
using WhatsSound.Streams;
using WhatsSound.Tests.Simulation.Faults;
using WhatsSound.Tests.Simulation.Judges;

namespace WhatsSound.Tests.Simulation.Storms;

/// <summary>Silos over one database, gateways, and people with browsers, in virtual time; and the judges who look on.</summary>
internal sealed class StormWorld : IAsyncDisposable
{
    public const string RoomName = "storm";

    private const int GatewaysCount = 2;

    /// <summary>One of them has two tabs.</summary>
    private static readonly (string UserId, string Name)[] People =
        [("ada", "ada"), ("bob", "bob"), ("bob", "bob-again"), ("cleo", "cleo"), ("dan", "dan"), ("eve", "eve")];

    private readonly Lock _gate = new();
    private readonly List<StormGateway> _gatewaysEver = [];

    public StormWorld(int seed, short silosCount = 3)
    {
        Dice = new(seed);
        var startedAtMs = Clock.NowMs;
        Findings = new(() => TimeSpan.FromMilliseconds(Clock.NowMs - startedAtMs));
        Order = new(Findings);
        Judge = new(Findings, Order);
        Offsets = new(Findings);
        Network = new(Dice, Rates, Clock) { Tells = Findings.Note };
        Database = new(Dice, Rates, Clock, Judge);
        Ledger = new(Findings, Judge, Order, Database.Log, RoomId.ChatOf(RoomName));
        Cluster = new(this, silosCount);
        Listeners = [.. People.Select(person => new Listener(this, new Tab(this, person.UserId, person.Name)))];
    }

    public StormClock Clock { get; } = new();

    public Dice Dice { get; }

    public Rates Rates { get; } = new();

    public Findings Findings { get; }

    public RoomJudge Judge { get; }

    public OrderJudge Order { get; }

    public OffsetJudge Offsets { get; }

    public CommandLedger Ledger { get; }

    public Network Network { get; }

    public FaultyDatabase Database { get; }

    public StormCluster Cluster { get; }

    public IReadOnlyList<Listener> Listeners { get; }

    /// <summary>What a mutant puts before a gateway's lane receiver.</summary>
    public Func<ILaneReceiver, ILaneReceiver> Receives { get; set; } = static receiver => receiver;

    public IReadOnlyList<StormGateway> Gateways
    {
        get
        {
            lock (_gate)
                return [.. _gatewaysEver.Where(gateway => !gateway.IsDead)];
        }
    }

    public TimeSpan Now => TimeSpan.FromMilliseconds(Clock.NowMs);

    /// <summary>Starts everything, and lets time pass while the work is done.</summary>
    public async Task RunAsync(Func<Task> work)
    {
        await Cluster.StartAsync();
        await Clock.RunUntilAsync(StartAndWorkAsync(work));
    }

    public async Task StartGatewayAsync()
    {
        StormGateway gateway;
        lock (_gate)
            _gatewaysEver.Add(gateway = new(this, $"gateway{_gatewaysEver.Count}"));
        await gateway.StartAsync();
    }

    public void KillGateway(StormGateway gateway)
    {
        gateway.Die();
        foreach (var listener in Listeners)
            listener.Tab.GatewayDied(gateway);
    }

    public Task DelayAsync(Random random, int fromMs, int toMs) => Clock.DelayAsync(TimeSpan.FromMilliseconds(random.Next(fromMs, toMs)));

    /// <summary>Ends the run where a law is broken: what comes after would only bury it.</summary>
    public void ThrowIfBroken()
    {
        if (Findings.Broken.Count > 0)
            throw new InvalidOperationException(Findings.Broken[0]);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var gateway in Gateways)
            gateway.Die();
        await Cluster.DisposeAsync();
        Clock.Dispose();
    }

    private async Task StartAndWorkAsync(Func<Task> work)
    {
        await Clock.SlowlyAsync(OpenAsync);
        await work();
    }

    private async Task OpenAsync()
    {
        for (var i = 0; i < GatewaysCount; i++)
            await StartGatewayAsync();
        var created = await Gateways[0].Room.CreateAsync(new() { CommandId = "create", UserId = "ada", Action = new JoinRoom() }, new() { Name = "Storm" });
        Assert.Null(created.Refusal);
        await Listeners[0].Tab.Run(Listeners[0].Tab.FollowAsync);
    }
}
