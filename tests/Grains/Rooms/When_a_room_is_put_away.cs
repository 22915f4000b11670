using WhatsSound.Rooms;
using WhatsSound.Users;

namespace WhatsSound.Tests.Grains.Rooms;

/// <summary>A cluster of its own, whose clock goes on by months.</summary>
public sealed class When_a_room_is_put_away : IAsyncLifetime
{
    private static readonly TimeSpan Months = TimeSpan.FromDays(91);

    private readonly TestCluster _cluster = new() { SilosCount = 1 };

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Should_let_nobody_in_before_its_owner_opens_it_again()
    {
        var room = await AsleepAsync();

        var refusal = (await room.Grain.JoinAsync(room.Command("guest"), room.Connection("guest"))).Refusal;
        Assert.Equal((RefusalCode.RoomClosed, "archived"), (refusal?.Code, refusal?.Detail));

        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new ReopenRoom() }));
        Assert.Equal("A room", (await room.JoinAsync("guest")).Settings.Name);
    }

    [Fact]
    public async Task Should_be_in_no_list_and_count_for_nobody_though_nobody_came()
    {
        var room = await AsleepAsync();

        Assert.Equal([UserRoomStatus.Archived], (await Mine("owner").ReadAsync()).Owned.Select(owned => owned.Status!.Value));
        await Eventually.UntilAsync(
            () =>
            {
                _cluster.Time.Advance(TimeSpan.FromSeconds(1));
                return _cluster.Grains.GetGrain<IRoomFinderGrain>(IRoomFinderGrain.Key).FindAsync(new());
            },
            found => found.Value?.Rooms.All(listed => listed.RoomId != room.Id) == true);
    }

    [Fact]
    public async Task Should_leave_the_list_by_itself_where_nobody_asks_for_it()
    {
        var room = await AsleepAsync();

        // The part of the list looks for the silent once an hour.
        await Eventually.UntilAsync(
            () =>
            {
                _cluster.Time.Advance(TimeSpan.FromHours(1));
                return _cluster.Grains.GetGrain<IRoomFinderGrain>(IRoomFinderGrain.Key).FindAsync(new());
            },
            found => found.Value?.Rooms.All(listed => listed.RoomId != room.Id) == true);
        Assert.Equal(UserRoomStatus.Archived, (await room.Grain.GetOwnershipAsync()).Claim?.Status);
    }

    private IUserRoomsGrain Mine(string userId) => _cluster.Grains.GetGrain<IUserRoomsGrain>(UserId.KeyOf(userId));

    /// <summary>A room that everybody has left, and that is in no memory, months later.</summary>
    private async Task<ListeningRoom> AsleepAsync()
    {
        var room = await ListeningRoom.OpenAsync(_cluster);
        await room.LeaveAsync("owner");
        await room.AdvanceAsync(TimeSpan.FromSeconds(30));
        await _cluster.DeactivateAsync(room.Grain);
        _cluster.Time.Advance(Months);
        return room;
    }
}
