using Orleans.Configuration;

namespace WhatsSound.Tests.Grains.Orleans;

/// <summary>
/// A channel with members or lanes stays active by its timer, though nobody calls it (<c>ChannelGrain</c>), and a room that plays by asking for more time
/// (<c>RoomGrain</c>). On real time, with short ages.
/// </summary>
public sealed class When_a_grain_is_not_called
{
    [Fact]
    public async Task Should_stay_while_a_timer_keeps_it_alive_or_it_asked_to()
    {
        await using var cluster = await OrleansCluster.StartAsync(
            silo => silo.UseInMemoryReminderService().Configure<GrainCollectionOptions>(options =>
            {
                options.CollectionQuantum = TimeSpan.FromSeconds(0.5);
                options.CollectionAge = TimeSpan.FromSeconds(2);
            }),
            TimeProvider.System);
        await cluster.Client.GetGrain<IFactGrain>("fact:kept").TickAsync(keepAlive: true);
        await cluster.Client.GetGrain<IFactGrain>("fact:staying").StayAsync(TimeSpan.FromMinutes(5));
        await cluster.Client.GetGrain<IFactGrain>("fact:ticking").TickAsync(keepAlive: false);

        await Happenings.Of("fact:ticking").UntilAsync($"deactivated {DeactivationReasonCode.ActivationIdle}");

        Assert.False(Happenings.Of("fact:kept").HasHappened($"deactivated {DeactivationReasonCode.ActivationIdle}"));
        Assert.False(Happenings.Of("fact:staying").HasHappened($"deactivated {DeactivationReasonCode.ActivationIdle}"));
    }
}
