using System.Diagnostics.Metrics;
using WhatsSound.Channels;
using WhatsSound.Grains.Metrics;
using WhatsSound.Grains.Users;
using WhatsSound.Publications;
using WhatsSound.Rooms;
using WhatsSound.Tests.Grains.Rooms;
using WhatsSound.Users;

namespace WhatsSound.Tests.Grains.Users;

/// <summary>A cluster of its own, where channels of users can be made to hang.</summary>
public sealed class When_users_are_told : IAsyncLifetime
{
    private readonly TestCluster _cluster = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private string? _hanging;
    private string? _failing;

    public async ValueTask InitializeAsync()
    {
        await _cluster.InitializeAsync();
        _cluster.Outgoing = async context =>
        {
            if (_hanging is { } user && context.MethodName == "PublishAsync" && context.TargetId.Key.ToString()!.Contains($"user:{user}", StringComparison.Ordinal))
                await _released.Task;
            if (_failing is { } silent && context.MethodName == "PublishAsync" && context.TargetId.Key.ToString()!.Contains($"user:{silent}", StringComparison.Ordinal))
                throw new TimeoutException("The test lets nobody reach the user.");
            await context.Invoke();
        };
    }

    public async ValueTask DisposeAsync()
    {
        _released.TrySetResult();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Should_hear_of_their_songs_also_in_another_room()
    {
        var room = await ListeningRoom.OpenAsync(_cluster, "owner", "ann");
        await room.EnqueueAsync("owner", ListeningRoom.Song(1));
        var entryId = (await room.EnqueueAsync("ann", ListeningRoom.Song(2)))[0];
        await room.LeaveAsync("ann");
        await (await ListeningRoom.OpenAsync(_cluster)).JoinAsync("ann");

        ListeningRoom.Done(await room.Grain.SkipAsync(room.Command("owner"), (await room.ReadAsync()).Playback.EntryId!));

        var told = await ToldAsync("ann", 2);
        Assert.Equal([UserEvents.SongNext, UserEvents.SongPlaying], told.Select(publication => publication.Event));
        Assert.All(told, publication => Assert.Equal((room.Id, entryId, "Song 2"), Of(publication.Data.Read(WireJson.Default.SongNotice)!)));

        static (string, string, string) Of(SongNotice notice) => (notice.RoomId, notice.EntryId, notice.Title);
    }

    [Fact]
    public async Task Should_hold_up_neither_the_room_nor_another_user_by_a_channel_that_hangs()
    {
        _hanging = "ann";
        var room = await ListeningRoom.OpenAsync(_cluster, "owner", "ann", "bob");
        await room.EnqueueAsync("ann", ListeningRoom.Song(1));
        await room.EnqueueAsync("bob", ListeningRoom.Song(2));

        ListeningRoom.Done(await room.Grain.SkipAsync(room.Command("owner"), (await room.ReadAsync()).Playback.EntryId!));
        Assert.Equal([UserEvents.SongNext, UserEvents.SongPlaying], (await ToldAsync("bob", 2)).Select(publication => publication.Event));
        Assert.Empty(await SaidAsync("ann"));

        _hanging = null;
        _released.TrySetResult();
        Assert.Equal([UserEvents.SongPlaying], (await ToldAsync("ann", 1)).Select(publication => publication.Event));
    }

    [Fact]
    public async Task Should_hold_up_nobody_else_though_more_channels_hang_than_are_told_at_once()
    {
        _hanging = "dj-";
        string[] djs = [.. Enumerable.Range(10, 20).Select(number => $"dj-{number}"), "bob"];
        var room = await ListeningRoom.OpenAsync(_cluster, "owner", djs);
        foreach (var (index, user) in djs.Index())
            await room.EnqueueAsync(user, ListeningRoom.Song(index + 1));

        for (var song = 1; song < djs.Length; song++)
            ListeningRoom.Done(await room.Grain.SkipAsync(room.Command("owner"), (await room.ReadAsync()).Playback.EntryId!));

        await Eventually.UntilAsync(
            () =>
            {
                _cluster.Time.Advance(TimeSpan.FromMilliseconds(100));
                return SaidAsync("bob");
            },
            said => said.Length >= 2);
        Assert.Empty(await SaidAsync(djs[0]));
    }

    [Fact]
    public async Task Should_be_told_once_though_the_room_crashes_before_it_knows_that_they_were()
    {
        var room = await ListeningRoom.OpenAsync(_cluster, "owner", "ann");
        await room.EnqueueAsync("ann", ListeningRoom.Song(1));
        await ToldAsync("ann", 1);

        for (var time = 0; time < 2; time++)
        {
            await _cluster.KillSiloOfAsync(room.Grain);
            await TestCluster.RetryAsync(() => room.Grain.GetSnapshotAsync("owner"));
            await room.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        Assert.Equal([UserEvents.SongPlaying], (await SaidAsync("ann")).Select(publication => publication.Event));
    }

    [Fact]
    public async Task Should_be_given_up_after_minutes_in_which_they_cannot_be_reached_so_that_the_room_has_published_all()
    {
        _failing = "ann";
        var missed = 0L;
        var meters = _cluster.OfSilos<GrainsMeter>().Select(static of => of.Meter).ToList();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, self) =>
            {
                if (instrument.Name == "whatssound.user.notices.missed" && meters.Contains(instrument.Meter))
                    self.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, _, _) => Interlocked.Add(ref missed, count));
        listener.Start();
        var room = await ListeningRoom.OpenAsync(_cluster, "owner", "ann");
        await room.EnqueueAsync("ann", ListeningRoom.Song(1, seconds: 3_600));
        await PassAsync(room, TimeSpan.FromMinutes(6));
        Assert.Equal(1, Interlocked.Read(ref missed));

        _failing = null;
        await _cluster.KillSiloOfAsync(room.Grain);
        await TestCluster.RetryAsync(() => room.Grain.GetSnapshotAsync("owner"));
        await PassAsync(room, TimeSpan.FromMinutes(1));
        Assert.Empty(await SaidAsync("ann"));
        var entryId = (await room.EnqueueAsync("ann", ListeningRoom.Song(2)))[0];
        Assert.Equal(entryId, Assert.Single(await ToldAsync("ann", 1)).Data.Read(WireJson.Default.SongNotice)!.EntryId);
    }

    [Fact]
    public async Task Should_be_told_of_what_is_new_for_as_long_though_something_older_was_given_up()
    {
        _failing = "ann";
        var room = await ListeningRoom.OpenAsync(_cluster, "owner", "ann");
        await room.EnqueueAsync("ann", ListeningRoom.Song(1, seconds: 3_600));
        await PassAsync(room, TimeSpan.FromSeconds(270));
        await room.EnqueueAsync("ann", ListeningRoom.Song(2));
        await PassAsync(room, TimeSpan.FromMinutes(2));

        _failing = null;
        await PassAsync(room, TimeSpan.FromMinutes(1));

        Assert.Equal([UserEvents.SongNext], (await ToldAsync("ann", 1)).Select(publication => publication.Event));
    }

    [Fact]
    public async Task Should_be_told_after_a_crash_what_could_not_be_told_before()
    {
        _hanging = "ann";
        var room = await ListeningRoom.OpenAsync(_cluster, "owner", "ann");
        await room.EnqueueAsync("ann", ListeningRoom.Song(1));
        await _cluster.KillSiloOfAsync(room.Grain);
        _hanging = null;

        await TestCluster.RetryAsync(() => room.Grain.GetSnapshotAsync("owner"));
        await room.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal([UserEvents.SongPlaying], (await ToldAsync("ann", 1)).Select(publication => publication.Event));
    }

    [Fact]
    public async Task Should_hear_once_an_hour_that_a_dj_whom_they_follow_is_live()
    {
        foreach (var follower in new[] { "fan-1", "fan-2" })
            ListeningRoom.Done(await Follows(follower).FollowAsync("dj"));
        var room = await ListeningRoom.OpenAsync(_cluster, "owner", "dj");

        await room.EnqueueAsync("dj", ListeningRoom.Song(1));
        await room.EnqueueAsync("dj", ListeningRoom.Song(2));
        ListeningRoom.Done(await room.Grain.SkipAsync(room.Command("owner"), (await room.ReadAsync()).Playback.EntryId!));
        await ToldAsync("dj", 3);

        foreach (var follower in new[] { "fan-1", "fan-2" })
        {
            var notice = Assert.Single(await ToldAsync(follower, 1)).Data.Read(WireJson.Default.LiveNotice)!;
            Assert.Equal((room.Id, "dj", "dj", "Song 1"), (notice.RoomId, notice.UserId, notice.DisplayName, notice.Title));
        }

        ListeningRoom.Done(await Follows("fan-2").UnfollowAsync("dj"));
        _cluster.Time.Advance(TimeSpan.FromHours(1));
        await Followers("dj").AnnounceAsync(new LiveNotice { RoomId = room.Id, RoomName = "A room", UserId = "dj", Title = "Song 3" });
        Assert.Equal(["Song 1", "Song 3"], (await ToldInTimeAsync("fan-1", 2)).Select(publication => publication.Data.Read(WireJson.Default.LiveNotice)!.Title));
        Assert.Single(await SaidAsync("fan-2"));
    }

    [Fact]
    public async Task Should_be_told_once_though_the_followers_crash_in_the_middle_of_it()
    {
        for (var number = 0; number < 40; number++)
            ListeningRoom.Done(await Followers("star").AddAsync($"many-{number:D2}"));
        _hanging = "many-39";
        await Followers("star").AnnounceAsync(new LiveNotice { RoomId = "somewhere", RoomName = "Somewhere", UserId = "star", Title = "Song" });
        await ToldAsync("many-38", 1);

        await _cluster.KillSiloOfAsync(Followers("star"));
        _hanging = null;
        await TestCluster.RetryAsync(() => Followers("star").AddAsync("one-more"));

        await ToldAsync("many-39", 1);
        for (var number = 0; number < 40; number++)
            Assert.Single(await SaidAsync($"many-{number:D2}"));
    }

    [Fact]
    public async Task Should_follow_and_unfollow_as_often_as_they_like_but_not_themselves()
    {
        for (var time = 0; time < 2; time++)
            ListeningRoom.Done(await Follows("eve").FollowAsync("dan"));
        Assert.Equal(["dan"], (await Follows("eve").ReadAsync()).Users.Select(user => user.UserId));
        Assert.Equal(RefusalCode.CannotTargetSelf, ListeningRoom.CodeOf(await Follows("eve").FollowAsync("eve")));
        Assert.Equal(RefusalCode.BadRequest, ListeningRoom.CodeOf(await Follows("eve").FollowAsync("")));

        await Task.WhenAll(Follows("dan").FollowAsync("eve"), Follows("eve").FollowAsync("dan"));
        for (var time = 0; time < 2; time++)
            ListeningRoom.Done(await Follows("eve").UnfollowAsync("dan"));
        await _cluster.DeactivateAsync(Follows("eve"));
        Assert.Empty((await Follows("eve").ReadAsync()).Users);
        Assert.Equal(["eve"], (await Follows("dan").ReadAsync()).Users.Select(user => user.UserId));
    }

    [Fact]
    public async Task Should_leave_nothing_of_whom_nobody_follows_any_more()
    {
        for (var time = 0; time < 2; time++)
        {
            ListeningRoom.Done(await Follows("ida").FollowAsync("stranger"));
            Assert.True(_cluster.Storage.Has("user-followers", Followers("stranger").GetGrainId()));
            ListeningRoom.Done(await Follows("ida").UnfollowAsync("stranger"));
            Assert.False(_cluster.Storage.Has("user-followers", Followers("stranger").GetGrainId()));
        }
    }

    [Fact]
    public async Task Should_not_forget_that_who_is_live_was_told_of_when_the_last_follower_goes_and_comes_back()
    {
        ListeningRoom.Done(await Follows("kim").FollowAsync("lee"));
        await Followers("lee").AnnounceAsync(new LiveNotice { RoomId = "somewhere", RoomName = "Somewhere", UserId = "lee", Title = "Song" });
        await ToldInTimeAsync("kim", 1);
        var liveAtMs = StoredLiveAtMs();
        _cluster.Time.Advance(TimeSpan.FromMinutes(1));

        ListeningRoom.Done(await Follows("kim").UnfollowAsync("lee"));

        Assert.True(_cluster.Storage.Has("user-followers", Followers("lee").GetGrainId()));
        await _cluster.DeactivateAsync(Followers("lee"));
        ListeningRoom.Done(await Follows("kim").FollowAsync("lee"));
        await Followers("lee").AnnounceAsync(new LiveNotice { RoomId = "elsewhere", RoomName = "Elsewhere", UserId = "lee", Title = "Song" });

        Assert.Equal(liveAtMs, StoredLiveAtMs());
        Assert.Single(await SaidAsync("kim"));

        long StoredLiveAtMs() => _cluster.Storage.Read<UserFollowersState>("user-followers", Followers("lee").GetGrainId()).LiveAtMs;
    }

    [Fact]
    public async Task Should_follow_no_more_than_the_bound()
    {
        for (var number = 0; number < 200; number++)
            ListeningRoom.Done(await Follows("greedy").FollowAsync($"dj-{number}"));

        var refusal = (await Follows("greedy").FollowAsync("dj-200")).Refusal;

        Assert.Equal((RefusalCode.UserQuota, "200"), (refusal?.Code, refusal?.Detail));
        ListeningRoom.Done(await Follows("greedy").FollowAsync("dj-0"));
    }

    private IUserFollowsGrain Follows(string userId) => _cluster.Grains.GetGrain<IUserFollowsGrain>(UserId.KeyOf(userId));

    private IUserFollowersGrain Followers(string userId) => _cluster.Grains.GetGrain<IUserFollowersGrain>(UserId.KeyOf(userId));

    private Task<System.Collections.Immutable.ImmutableArray<Publication>> SaidAsync(string userId) =>
        TestCluster.RetryAsync(() => ListeningRoom.SaidAsync(_cluster.Grains.GetChannel($"user:{userId}:notifications")));

    private Task<System.Collections.Immutable.ImmutableArray<Publication>> ToldAsync(string userId, int count) => Eventually.UntilAsync(() => SaidAsync(userId), said => said.Length >= count);

    private Task PassAsync(ListeningRoom room, TimeSpan by) => _cluster.AdvanceAsync(by, TimeSpan.FromSeconds(5), async () =>
    {
        await room.RenewAsync();
        await room.BarrierAsync();
    });

    /// <summary>As <see cref="ToldAsync"/>, while time passes: how far followers were told is saved a moment later.</summary>
    private Task<System.Collections.Immutable.ImmutableArray<Publication>> ToldInTimeAsync(string userId, int count) => Eventually.UntilAsync(
        () =>
        {
            _cluster.Time.Advance(TimeSpan.FromMilliseconds(1));
            return SaidAsync(userId);
        },
        said => said.Length >= count);
}
