using WhatsSound.Channels;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Placement;

public sealed class When_rooms_are_placed : IAsyncLifetime
{
    private const int RoomsCount = 100;

    private readonly TestCluster _cluster = new() { SilosCount = 3 };

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Should_have_the_seven_grains_of_each_room_on_one_silo_also_after_a_kill()
    {
        var before = await PlacesAsync();
        var rooms = before.Values.CountBy(silo => silo).ToDictionary();

        // Of 100 rooms a silo of three wins 33 on average, give or take 5: ten is five deviations away.
        Assert.Equal(3, rooms.Count);
        Assert.All(rooms.Values, count => Assert.InRange(count, 10, 60));

        var killed = before["room-0"];
        await _cluster.KillSiloOfAsync(GrainsOf("room-0").First());
        var after = await PlacesAsync();

        Assert.All(before.Where(room => !room.Value.Equals(killed)), room => Assert.Equal(room.Value, after[room.Key]));
        Assert.DoesNotContain(killed, after.Values);
    }

    /// <summary>Uses all grains of all rooms, and answers where each room is; fails where one is in two places.</summary>
    private async Task<Dictionary<string, SiloAddress>> PlacesAsync()
    {
        var places = new Dictionary<string, SiloAddress>();
        foreach (var room in Enumerable.Range(0, RoomsCount).Select(number => $"room-{number}"))
        {
            var grain = _cluster.Grains.GetGrain<IRoomGrain>(RoomId.KeyOf(room));
            var command = new RoomCommand { CommandId = "create", UserId = "owner", DisplayName = "owner", Action = new JoinRoom() };
            Assert.Null((await TestCluster.RetryAsync(() => grain.CreateAsync(command, new RoomSettings { Name = room }))).Refusal);
            foreach (var channel in RoomId.ChannelsOf(room))
                await TestCluster.RetryAsync(() => _cluster.Grains.GetChannel(channel).RecoverAsync(new()));
            await TestCluster.RetryAsync(() => _cluster.Grains.GetChannel(RoomId.PulseOf(room)).RecoverAsync(new()));
            await TestCluster.RetryAsync(() => ChatOf(room).GetPageAsync("owner", new ChatPageRequest { CountMax = 1 }));
            places[room] = Assert.Single(GrainsOf(room).Select(_cluster.FindSiloOf).Distinct())!;
        }

        return places;
    }

    private IChatGrain ChatOf(string room) => _cluster.Grains.GetGrain<IChatGrain>(RoomId.KeyOf(room));

    private IEnumerable<IAddressable> GrainsOf(string room) =>
        [_cluster.Grains.GetGrain<IRoomGrain>(RoomId.KeyOf(room)), ChatOf(room), _cluster.Grains.GetChannel(RoomId.PulseOf(room)), .. RoomId.ChannelsOf(room).Select(name => _cluster.Grains.GetChannel(name))];
}
