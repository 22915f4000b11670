using Orleans.TestingHost;
using WhatsSound.Channels;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Simulation.Storms;

/// <summary>What goes wrong, and when: one thing after the other, some of them at once.</summary>
internal sealed class Weather(StormWorld world)
{
    private readonly Random _random = world.Dice.For("weather");

    public async Task RageAsync(TimeSpan until)
    {
        while (world.Now < until)
        {
            await world.DelayAsync(_random, 1_000, 5_000);
            await ChangeAsync();
        }

        world.Rates.Clear();
    }

    private Task ChangeAsync() => _random.Next(13) switch
    {
        0 => KillSiloAsync(),
        1 => KillGatewayAsync(),
        2 or 3 => DeactivateAsync(),
        4 => Turn("writes fail", () => world.Rates.WriteFailure = 0.3),
        5 => Turn("appends fail", () => world.Rates.AppendFailure = 0.3),
        6 => Turn("calls get lost", () => world.Rates.CallLoss = world.Rates.AnswerLoss = 0.05),
        7 => Turn("calls come twice", () => world.Rates.Doubling = 0.2),
        8 => Turn("frames get lost", () => world.Rates.FrameLoss = world.Rates.BatchTrouble = 0.2),
        9 => Turn("calls are slow", () => (world.Rates.Delay, world.Rates.DelayMax) = (0.3, TimeSpan.FromMilliseconds(400))),
        10 => StopSiloAsync(),
        11 => MoveAsync(),
        _ => Turn("the weather is fair", world.Rates.Clear),
    };

    private Task Turn(string what, Action change)
    {
        Say(what);
        change();
        return Task.CompletedTask;
    }

    private Task KillSiloAsync() => ReplaceSiloAsync("is killed", world.Cluster.KillSiloAsync);

    private Task StopSiloAsync() => ReplaceSiloAsync("stops", world.Cluster.StopSiloAsync);

    private async Task ReplaceSiloAsync(string how, Func<Func<IReadOnlyList<InProcessSiloHandle>, InProcessSiloHandle>, Task> endAsync)
    {
        var number = _random.Next(1_000);
        await endAsync(silos =>
        {
            var silo = silos[number % silos.Count];
            Say($"{silo.Name} {how}");
            return silo;
        });
        await world.DelayAsync(_random, 0, 3_000);
        await world.Cluster.StartSiloAsync();
        Say("a silo starts");
    }

    private async Task KillGatewayAsync()
    {
        var gateways = world.Gateways;
        var gateway = gateways[_random.Next(gateways.Count)];
        Say($"{gateway.Name} is killed");
        await world.StartGatewayAsync();
        world.KillGateway(gateway);
    }

    private async Task DeactivateAsync()
    {
        var (grain, channel) = PickGrain();
        Say($"{grain.GetGrainId()} is deactivated");
        world.Offsets.Left(channel);
        await world.Cluster.DeactivateAsync(grain);
        world.Offsets.Left(channel);
    }

    private async Task MoveAsync()
    {
        var (grain, _) = PickGrain();
        var isMoved = await world.Cluster.MoveAsync(grain, _random.Next(1_000));
        Say($"{grain.GetGrainId()} {(isMoved ? "moves" : "is nowhere")}");
    }

    /// <summary>The room or one of its channels.</summary>
    private (IAddressable Grain, string Channel) PickGrain()
    {
        var names = RoomId.ChannelsOf(StormWorld.RoomName);
        var name = names[_random.Next(names.Length)];
        return _random.Next(3) == 0
            ? (world.Cluster.Client.GetGrain<IRoomGrain>(RoomId.KeyOf(StormWorld.RoomName)), name)
            : (world.Cluster.Client.GetChannel(name), name);
    }

    private void Say(string what) => world.Findings.Note($"-- {what}");
}
