using WhatsSound.Channels;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Simulation;

/// <summary>What goes wrong, and when: one thing after the other, some of them at once.</summary>
internal sealed class Weather(SimulatedWorld world)
{
    private static readonly TimeSpan FairDelayMax = TimeSpan.FromMilliseconds(10);
    private static readonly TimeSpan FoulDelayMax = TimeSpan.FromMilliseconds(400);

    public void Clear()
    {
        world.Simulation.Faults.MessageDelayMax = FairDelayMax;
        world.Simulation.Faults.OneWayLoss = 0;
        world.Simulation.Faults.WriteFailure = 0;
        world.Database.AppendFailure = 0;
    }

    public async Task RageAsync(TimeSpan until)
    {
        Clear();
        while (world.NowMs < until.TotalMilliseconds)
        {
            await world.DelayAsync(1_000, 6_000);
            await ChangeAsync();
        }

        Clear();
    }

    private Task ChangeAsync()
    {
        switch (world.Random.Next(8))
        {
            case 0:
                return KillSiloAsync();
            case 1:
                return KillGatewayAsync();
            case 2:
                return DeactivateAsync();
            case 3:
                Say("writes fail");
                world.Simulation.Faults.WriteFailure = 0.3;
                return Task.CompletedTask;
            case 4:
                Say("appends fail");
                world.Database.AppendFailure = 0.3;
                return Task.CompletedTask;
            case 5:
                Say("one-way calls get lost");
                world.Simulation.Faults.OneWayLoss = 0.3;
                return Task.CompletedTask;
            case 6:
                Say("messages are slow");
                world.Simulation.Faults.MessageDelayMax = FoulDelayMax;
                return Task.CompletedTask;
            default:
                Say("the weather is fair");
                Clear();
                return Task.CompletedTask;
        }
    }

    private async Task KillSiloAsync()
    {
        var silo = world.Pick(world.Cluster.Silos);
        Say($"{silo.Name} is killed");
        await world.Cluster.KillSiloAsync(silo);
        await world.DelayAsync(0, 3_000);
        await world.Cluster.StartSiloAsync();
        Say("a silo starts");
    }

    private async Task KillGatewayAsync()
    {
        var gateway = world.PickGateway();
        Say($"{gateway.Name} is killed");
        await world.StartGatewayAsync();
        await world.KillGatewayAsync(gateway);
    }

    private async Task DeactivateAsync()
    {
        var name = world.Pick(RoomId.ChannelsOf(SimulatedWorld.RoomName));
        var cluster = world.Gateways[0].Client.Client;
        IAddressable grain = world.Random.Next(3) == 0 ? cluster.GetGrain<IRoomGrain>(RoomId.KeyOf(SimulatedWorld.RoomName)) : cluster.GetGrain<IChannelGrain>(name);
        Say($"{grain.GetGrainId()} is deactivated");
        world.Offsets.Left(name);
        await world.Cluster.DeactivateAsync(grain.GetGrainId());
        world.Offsets.Left(name);
    }

    private void Say(string what) => world.Findings.Note($"-- {what}");
}
