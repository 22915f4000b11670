using WhatsSound.Channels;
using WhatsSound.Publications;
using WhatsSound.Rooms;
using WhatsSound.Tests.Simulation.Judges;
using WhatsSound.Tests.Simulation.Storms;

namespace WhatsSound.Tests.Simulation.Mutants;

/// <summary>
/// A few people in a room and one thing that goes wrong, without any other weather: what a judge finds there with a mutant, and does not find without, it
/// finds because of the mutant.
/// </summary>
internal sealed class Scenario(StormWorld world)
{
    /// <summary>Nobody goes, so there is no grace to wait for: as long as a lease, in which every gateway has renewed what it holds.</summary>
    private static readonly TimeSpan CalmTime = new ChannelRule { Pattern = "*" }.PresenceLease;

    public Listener Ada { get; } = world.Listeners.First(listener => listener.Tab.Name == "ada");

    public Listener Bob { get; } = world.Listeners.First(listener => listener.Tab.Name == "bob");

    public StormWorld World => world;

    public IRoomGrain Room => world.Cluster.Client.GetGrain<IRoomGrain>(RoomId.KeyOf(StormWorld.RoomName));

    public IChatGrain Chat => world.Cluster.Client.GetGrain<IChatGrain>(RoomId.KeyOf(StormWorld.RoomName));

    public IChannelGrain Main => Channel(RoomId.KeyOf(StormWorld.RoomName));

    public IChannelGrain Queue => Channel(RoomId.QueueOf(StormWorld.RoomName));

    /// <summary>What the judges find.</summary>
    public static async Task<Findings> RunAsync(Func<Scenario, Task> play, Action<StormWorld>? mutate)
    {
        await using var world = new StormWorld(seed: 1, silosCount: 2);
        mutate?.Invoke(world);
        try
        {
            await world.RunAsync(() => PlayAsync(new Scenario(world), play)).WaitAsync(TimeSpan.FromMinutes(6));
        }
        catch (InvalidOperationException) when (world.Findings.Broken.Count > 0)
        {
            // A judge has ended it.
        }

        return world.Findings;
    }

    /// <summary>Both people follow the room, and have their answers.</summary>
    public async Task FollowAsync()
    {
        var until = world.Now + TimeSpan.FromMinutes(1);
        await Task.WhenAll(Ada.FollowAsync(until), Bob.FollowAsync(until));
        Assert.True(Ada.IsSettled && Bob.IsSettled, string.Join('\n', world.Findings.Notes));
    }

    public Task PassAsync(double seconds) => world.Clock.DelayAsync(TimeSpan.FromSeconds(seconds));

    /// <summary>Where the channel's numbering is. A channel that is on its way to another silo is asked again.</summary>
    public async Task<Position> HeadOfAsync(IChannelGrain channel)
    {
        while (true)
        {
            try
            {
                return (await channel.RecoverAsync(new())).Position;
            }
            catch (Exception exception) when (exception is OrleansException or TimeoutException)
            {
                await PassAsync(1);
            }
        }
    }

    /// <summary>The room's activation ends, and its last words do not get through: it comes back from its journal.</summary>
    public async Task CrashRoomAsync()
    {
        world.Database.TakesSnapshots = false;
        await world.Cluster.DeactivateAsync(Room);
        world.Database.TakesSnapshots = true;
    }

    private static async Task PlayAsync(Scenario scenario, Func<Scenario, Task> play)
    {
        await scenario.FollowAsync();
        await play(scenario);
        await new Storm(scenario.World).SettleAsync([scenario.Ada, scenario.Bob], CalmTime);
    }

    private IChannelGrain Channel(string name) => world.Cluster.Client.GetChannel(name);
}
