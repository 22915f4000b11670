using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;
using WhatsSound.Embedded;
using WhatsSound.Grains;
using WhatsSound.Grains.Storage;
using WhatsSound.Grains.Streams;
using WhatsSound.Playback;
using WhatsSound.Streams;
using WhatsSound.Tests.Simulation.Judges;

namespace WhatsSound.Tests.Simulation;

/// <summary>The product's grains on a few silos over one database, gateways, and people, all under one seed.</summary>
internal sealed class SimulatedWorld
{
    public const string RoomName = "storm";

    private const int SilosCount = 3;
    private const int GatewaysCount = 2;

    private readonly List<SimulatedGateway> _gatewaysEver = [];
    private int _silosMade;

    public SimulatedWorld(int seed)
    {
        Simulation = new(new() { Seed = seed, StepsMax = 5_000_000, TimeMax = TimeSpan.FromHours(1) });
        var start = Simulation.Time.GetUtcNow();
        Findings = new(() => Simulation.Time.GetUtcNow() - start);
        Ids = new SeededIds(Random);
        Judge = new(Findings);
        Offsets = new(Findings);
        Ledger = new(this);
        Database = new(Simulation, Judge);
        Cluster = Simulation.CreateCluster(new() { ConfigureSilo = Configure });
        Tabs =
        [
            new(this, "ada", "ada"),
            new(this, "bob", "bob"),
            new(this, "bob", "bob again"),
            new(this, "cleo", "cleo"),
            new(this, "dan", "dan"),
            new(this, "eve", "eve"),
        ];
    }

    public WhatsSound.Embedded.Simulation.Simulation Simulation { get; }

    public TimeProvider Time => Simulation.Time;

    public long NowMs => Time.GetUtcNow().ToUnixTimeMilliseconds();

    public Random Random => Simulation.Random;

    public IIdSource Ids { get; }

    public Findings Findings { get; }

    public RoomJudge Judge { get; }

    public OffsetJudge Offsets { get; }

    public CommandLedger Ledger { get; }

    public SimulatedDatabase Database { get; }

    public EmbeddedCluster Cluster { get; }

    public IReadOnlyList<SimulatedTab> Tabs { get; }

    public IReadOnlyList<SimulatedGateway> Gateways => [.. _gatewaysEver.Where(gateway => !gateway.IsDead)];

    public async Task StartAsync()
    {
        for (var i = 0; i < SilosCount; i++)
            await Cluster.StartSiloAsync();
        for (var i = 0; i < GatewaysCount; i++)
            await StartGatewayAsync();
        var created = await Gateways[0].Room.CreateAsync(new() { CommandId = "create", UserId = "ada" }, new() { Name = "Storm" });
        Assert.Null(created.Refusal);
    }

    public async Task StartGatewayAsync()
    {
        var gateway = new SimulatedGateway(this, await Cluster.StartClientAsync(), $"gateway{_gatewaysEver.Count}");
        _gatewaysEver.Add(gateway);
        gateway.Start();
    }

    public async Task KillGatewayAsync(SimulatedGateway gateway)
    {
        gateway.Die();
        foreach (var tab in Tabs)
            tab.GatewayDied(gateway);
        await Cluster.KillClientAsync(gateway.Client);
    }

    public SimulatedGateway PickGateway() => Pick(Gateways);

    public T Pick<T>(IReadOnlyList<T> choices) => choices[Random.Next(choices.Count)];

    public Task DelayAsync(int fromMs, int toMs) => Task.Delay(TimeSpan.FromMilliseconds(Random.Next(fromMs, toMs)), Time);

    /// <summary>Ends the run where a law is broken: what comes after would only bury it.</summary>
    public void ThrowIfBroken()
    {
        if (Findings.Broken.Count > 0)
            throw new InvalidOperationException(Findings.Broken[0]);
    }

    private void Configure(ISiloBuilder silo)
    {
        var name = $"silo{++_silosMade}";
        silo.Services.AddSingleton(Ids);
        silo.Services.AddSingleton(new LaneScheduler(Simulation.CreateScheduler($"{name} lanes")));
        silo.Services.AddSingleton<ILaneSender>(provider =>
            new JudgedSender(provider.GetRequiredService<LaneHub>(), name, Offsets, provider.GetRequiredService<IRoomClock>()));
        silo.Services.AddSingleton<IMessageLog>(Database);
        silo.Services.AddSingleton<IGrainStorage>(Database);
        silo.Services.AddKeyedSingleton<IGrainStorage>(KeyedService.AnyKey, Database);
        silo.UseInMemoryReminderService();
        silo.AddWhatsSoundGrains();
    }
}
