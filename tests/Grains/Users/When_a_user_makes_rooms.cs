using WhatsSound.Rooms;
using WhatsSound.Tests.Grains.Rooms;
using WhatsSound.Users;

namespace WhatsSound.Tests.Grains.Users;

/// <summary>A cluster of its own, whose users have as many rooms as a deployment gives them unless it says otherwise.</summary>
public sealed class When_a_user_makes_rooms : IAsyncLifetime
{
    private const int Max = 4;

    private readonly TestCluster _cluster = new() { RoomsMax = Max };
    private int _made;

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Should_take_no_more_than_the_bound_however_many_come_at_once()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 3 * Max).Select(_ => CreateAsync("ann")));

        Assert.Equal(Max, answers.Count(answer => !answer.IsRefused));
        Assert.All(answers.Where(answer => answer.IsRefused), answer => Assert.Equal((RefusalCode.UserQuota, $"{Max}"), (answer.Refusal!.Code, answer.Refusal.Detail)));
        Assert.Equal(Max, (await RoomsOfAsync("ann")).Owned.Length);
    }

    [Fact]
    public async Task Should_count_a_repeated_command_once()
    {
        var room = NewRoom();
        var command = room.Command("bob", "same");
        for (var time = 0; time < 3; time++)
            ListeningRoom.Done(await room.Grain.CreateAsync(command, new RoomSettings { Name = "Again" }));

        Assert.Equal(["Again"], (await RoomsOfAsync("bob")).Owned.Select(owned => owned.Name));
    }

    [Fact]
    public async Task Should_give_a_place_back_with_a_room_that_closes_and_take_it_again_to_open_it()
    {
        var rooms = await FillAsync("cleo");
        await CloseAsync(rooms[0], "cleo");
        _cluster.Time.Advance(TimeSpan.FromHours(1));
        ListeningRoom.Done(await CreateAsync("cleo"));

        Assert.Equal(RefusalCode.UserQuota, ListeningRoom.CodeOf(await ReopenAsync(rooms[0], "cleo")));
        await rooms[1].JoinAsync("cleo");
        await CloseAsync(rooms[1], "cleo");
        ListeningRoom.Done(await ReopenAsync(rooms[0], "cleo"));
        Assert.Equal(
            [UserRoomStatus.Open, UserRoomStatus.Open, UserRoomStatus.Open, UserRoomStatus.Open, UserRoomStatus.Closed],
            (await RoomsOfAsync("cleo")).Owned.Select(owned => owned.Status!.Value));
    }

    [Fact]
    public async Task Should_say_when_the_next_may_be_created()
    {
        var rooms = await FillAsync("dan");
        foreach (var room in rooms)
            await CloseAsync(room, "dan");
        _cluster.Time.Advance(TimeSpan.FromMinutes(20));

        var refusal = (await CreateAsync("dan")).Refusal!;

        Assert.Equal((RefusalCode.RateLimited, true, 40 * 60_000), (refusal.Code, refusal.Retryable, refusal.RetryAfterMs));
        _cluster.Time.Advance(TimeSpan.FromMinutes(40));
        ListeningRoom.Done(await CreateAsync("dan"));
    }

    /// <summary>The silo of the room dies after the place was taken, and before the room was written.</summary>
    [Fact]
    public async Task Should_find_places_that_a_crash_has_left_behind()
    {
        for (var number = 0; number < Max; number++)
            ListeningRoom.Done(await Grain("eve").TakeAsync(new RoomClaim { RoomId = $"never-{number}", Name = "Never", Revision = 1, IsNew = true }));
        Assert.Equal(RefusalCode.UserQuota, ListeningRoom.CodeOf(await CreateAsync("eve")));

        _cluster.Time.Advance(TimeSpan.FromHours(1));

        ListeningRoom.Done(await CreateAsync("eve"));
        Assert.Single((await RoomsOfAsync("eve")).Owned);
    }

    [Fact]
    public async Task Should_keep_no_place_for_a_room_that_could_not_be_written()
    {
        _cluster.Journal.FailAppends(1);
        await CreateAsync("finn");
        Assert.Single((await RoomsOfAsync("finn")).Owned);

        _cluster.Time.Advance(TimeSpan.FromMinutes(2));

        Assert.Empty((await RoomsOfAsync("finn")).Owned);
    }

    [Fact]
    public async Task Should_count_a_room_that_was_given_away_for_who_has_it_now()
    {
        await FillAsync("hal");
        var room = await OpenAsync("gus", "hal");
        await OfferAsync(room, "gus", "hal");
        Assert.Equal(RefusalCode.UserQuota, ListeningRoom.CodeOf(await AcceptAsync(room, "hal")));
        Assert.Single((await RoomsOfAsync("gus")).Owned);

        var other = await OpenAsync("gus", "ida");
        await OfferAsync(other, "gus", "ida");
        Assert.Empty((await RoomsOfAsync("ida")).Owned);
        ListeningRoom.Done(await AcceptAsync(other, "ida"));

        Assert.Equal(other.Id, Assert.Single((await RoomsOfAsync("ida")).Owned).RoomId);
        await Eventually.BecomesTrueAsync(async () => (await RoomsOfAsync("gus")).Owned is [{ RoomId: var left }] && left == room.Id);
    }

    [Fact]
    public async Task Should_have_as_many_places_as_before_when_rooms_are_offered_that_were_not_asked_for()
    {
        for (var i = 0; i < Max; i++)
            await OfferAsync(await OpenAsync($"giver-{i}", "moe"), $"giver-{i}", "moe");

        Assert.Empty((await RoomsOfAsync("moe")).Owned);
        await FillAsync("moe");
    }

    [Fact]
    public async Task Should_be_told_how_a_room_is_until_they_have_heard_it()
    {
        var tells = 0;
        _cluster.Outgoing = context => context.MethodName == nameof(IUserRoomsGrain.TellAsync) && Interlocked.Increment(ref tells) == 1
            ? throw new TimeoutException("The test lets the first not arrive.")
            : context.Invoke();
        var room = await OpenAsync("nel");

        await Eventually.BecomesTrueAsync(async () =>
        {
            await room.AdvanceAsync(TimeSpan.FromSeconds(1));
            return Volatile.Read(ref tells) >= 2;
        });
    }

    [Fact]
    public async Task Should_hold_up_no_room_while_they_cannot_be_told_of_it()
    {
        var (tells, never) = (0, new TaskCompletionSource());
        _cluster.Outgoing = context => context.MethodName == nameof(IUserRoomsGrain.TellAsync) && Interlocked.Increment(ref tells) > 0 ? never.Task : context.Invoke();
        var room = await OpenAsync("nia");
        await Eventually.BecomesTrueAsync(() =>
        {
            if (Volatile.Read(ref tells) == 0)
                _cluster.Time.Advance(TimeSpan.FromMilliseconds(100));
            return Volatile.Read(ref tells) > 0;
        });

        // The clock stands still: what waited for the owner would wait for ever.
        await room.EnqueueAsync("nia", ListeningRoom.Song(1)).WaitAsync(TimeSpan.FromSeconds(30));
        await room.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.InRange(Volatile.Read(ref tells), 2, 5);
    }

    /// <summary>What the owner is told of a room is not waited for, and may be lost: so who is refused is so after their rooms were asked, also where they have just been.</summary>
    [Fact]
    public async Task Should_create_another_as_soon_as_one_is_closed_whatever_they_have_heard()
    {
        var rooms = await FillAsync("pia");
        Assert.Equal(RefusalCode.UserQuota, ListeningRoom.CodeOf(await CreateAsync("pia")));
        _cluster.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(RefusalCode.UserQuota, ListeningRoom.CodeOf(await CreateAsync("pia")));
        await rooms[0].JoinAsync("pia");
        var never = new TaskCompletionSource();
        _cluster.Outgoing = context => context.MethodName == nameof(IUserRoomsGrain.TellAsync) ? never.Task : context.Invoke();

        // The clock stands still: what waited for the owner would wait for ever.
        await CloseAsync(rooms[0], "pia").WaitAsync(TimeSpan.FromSeconds(20));

        ListeningRoom.Done(await CreateAsync("pia"));
    }

    [Fact]
    public async Task Should_ask_rooms_no_more_often_than_somebody_closes_them()
    {
        await FillAsync("rex");
        var asked = 0;
        _cluster.Outgoing = context =>
        {
            if (context.MethodName == nameof(IRoomGrain.GetOwnershipAsync))
                Interlocked.Increment(ref asked);
            return context.Invoke();
        };

        for (var time = 0; time < 20; time++)
            Assert.Equal(RefusalCode.UserQuota, ListeningRoom.CodeOf(await CreateAsync("rex")));

        Assert.Equal(5 * Max, asked);
    }

    [Fact]
    public async Task Should_hear_that_a_room_was_given_away_though_the_first_time_got_lost()
    {
        var parts = 0;
        var room = await OpenAsync("sue", "tom");
        await OfferAsync(room, "sue", "tom");
        _cluster.Outgoing = context => context.MethodName == nameof(IUserRoomsGrain.PartAsync) && Interlocked.Increment(ref parts) == 1
            ? throw new TimeoutException("The test lets the first not arrive.")
            : context.Invoke();
        ListeningRoom.Done(await AcceptAsync(room, "tom"));

        await Eventually.BecomesTrueAsync(async () =>
        {
            await room.AdvanceAsync(TimeSpan.FromSeconds(1));
            return Volatile.Read(ref parts) == 2;
        });

        await Eventually.BecomesTrueAsync(async () => (await RoomsOfAsync("sue")).Owned.IsEmpty);
    }

    [Fact]
    public async Task Should_remember_which_rooms_were_joined_the_last_first()
    {
        var one = await OpenAsync("jo", "kim");
        _cluster.Time.Advance(TimeSpan.FromSeconds(1));
        var two = await OpenAsync("jo", "kim");

        await Eventually.BecomesTrueAsync(async () => (await RoomsOfAsync("kim")).Joined.Length == 2);
        var rooms = await RoomsOfAsync("kim");
        Assert.Equal([two.Id, one.Id], rooms.Joined.Select(joined => joined.RoomId));
        Assert.Empty(rooms.Owned);
    }

    [Fact]
    public async Task Should_remember_all_of_it_over_a_crash()
    {
        var rooms = await FillAsync("lea");

        await _cluster.KillSiloOfAsync(Grain("lea"));

        Assert.Equal(RefusalCode.UserQuota, ListeningRoom.CodeOf(await TestCluster.RetryAsync(() => CreateAsync("lea"))));
        Assert.Equal(rooms.Select(room => room.Id).Order(), (await RoomsOfAsync("lea")).Owned.Select(owned => owned.RoomId).Order());
    }

    private IUserRoomsGrain Grain(string userId) => _cluster.Grains.GetGrain<IUserRoomsGrain>(UserId.KeyOf(userId));

    private Task<UserRooms> RoomsOfAsync(string userId) => Grain(userId).ReadAsync();

    private ListeningRoom NewRoom() => new(_cluster, $"mine-{Interlocked.Increment(ref _made)}");

    private Task<Answer<RoomReceipt>> CreateAsync(string userId)
    {
        var room = NewRoom();
        return room.Grain.CreateAsync(room.Command(userId), new RoomSettings { Name = "Mine" });
    }

    private async Task<ListeningRoom> OpenAsync(string owner, params string[] members)
    {
        var room = await ListeningRoom.OpenAsync(_cluster, owner, members);
        await room.BarrierAsync();
        return room;
    }

    private async Task<List<ListeningRoom>> FillAsync(string userId)
    {
        var rooms = new List<ListeningRoom>();
        for (var number = 0; number < Max; number++)
            rooms.Add(await OpenAsync(userId));
        return rooms;
    }

    private static async Task CloseAsync(ListeningRoom room, string userId) =>
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command(userId) with { Action = new CloseRoom() }));

    private static async Task OfferAsync(ListeningRoom room, string by, string toUserId) =>
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command(by) with { Action = new GrantRole { ToUserId = toUserId, Role = RoomRole.Owner } }));

    private static Task<Answer<RoomReceipt>> AcceptAsync(ListeningRoom room, string userId) => room.Grain.ActAsync(room.Command(userId) with { Action = new AcceptOwnership() });

    private static Task<Answer<RoomReceipt>> ReopenAsync(ListeningRoom room, string userId) => room.Grain.ActAsync(room.Command(userId) with { Action = new ReopenRoom() });
}
