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

    private Task ChangeAsync() => _random.Next(11) switch
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
        _ => Turn("the weather is fair", world.Rates.Clear),
    };

    private Task Turn(string what, Action change)
    {
        Say(what);
        change();
        return Task.CompletedTask;
    }

    private async Task KillSiloAsync()
    {
        var number = _random.Next(1_000);
        await world.Cluster.KillSiloAsync(silos =>
        {
            var silo = silos[number % silos.Count];
            Say($"{silo.Name} is killed");
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
        var names = RoomId.ChannelsOf(StormWorld.RoomName);
        var name = names[_random.Next(names.Length)];
        IAddressable grain = _random.Next(3) == 0
            ? world.Cluster.Client.GetGrain<IRoomGrain>(RoomId.KeyOf(StormWorld.RoomName))
            : world.Cluster.Client.GetChannel(name);
        Say($"{grain.GetGrainId()} is deactivated");
        world.Offsets.Left(name);
        await world.Cluster.DeactivateAsync(grain);
        world.Offsets.Left(name);
    }

    private void Say(string what) => world.Findings.Note($"-- {what}");
}
