using WhatsSound.Channels;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

/// <summary>A cluster of its own, where what a room publishes to one of its channels can be made to hang. Its clock stands still unless it is advanced: what waited for the channel would wait for ever.</summary>
public sealed class When_a_channel_of_a_room_hangs : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TestCluster _cluster = new();
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _releasedFirst = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _begun;

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        _releasedFirst.TrySetResult();
        _released.TrySetResult();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Should_wait_for_it_once_and_then_act_as_before()
    {
        var room = await HangAsync(":playback");

        await GiveUpAsync(room, room.EnqueueAsync("owner", ListeningRoom.Song(1), ListeningRoom.Song(2)));

        ListeningRoom.Done(await room.Grain.PauseAsync(room.Command("owner")).WaitAsync(Patience));
        var songs = await room.EnqueueAsync("guest", ListeningRoom.Song(3)).WaitAsync(Patience);
        ListeningRoom.Done(await room.Grain.VoteAsync(room.Command("owner"), songs[0], 1).WaitAsync(Patience));
        Assert.Equal(RefusalCode.NotReady, ListeningRoom.CodeOf(await room.Grain.GetSnapshotAsync("guest").WaitAsync(Patience)));
    }

    [Fact]
    public async Task Should_tell_it_again_beside_the_turns_and_all_of_it_once_it_is_back()
    {
        var room = await HangAsync(":playback");
        await GiveUpAsync(room, room.EnqueueAsync("owner", ListeningRoom.Song(1)));
        await Eventually.BecomesTrueAsync(() =>
        {
            if (Volatile.Read(ref _begun) < 2)
                _cluster.Time.Advance(TimeSpan.FromMilliseconds(100));
            return Volatile.Read(ref _begun) >= 2;
        });

        // It is being told again, and hangs again.
        ListeningRoom.Done(await room.Grain.PauseAsync(room.Command("owner")).WaitAsync(Patience));
        _released.TrySetResult();

        await Eventually.BecomesTrueAsync(async () =>
        {
            _cluster.Time.Advance(TimeSpan.FromMilliseconds(100));
            return await room.Grain.GetSnapshotAsync("guest") is { IsRefused: false };
        });
        Assert.Equal((await room.ReadAsync()).Playback, (await ListeningRoom.SaidAsync(room.Playback))[^1].Data.Read(WireJson.Default.PlaybackVector));
    }

    /// <summary>What they have missed they get from the channels themselves.</summary>
    [Fact]
    public async Task Should_let_in_at_once_who_needs_no_snapshot()
    {
        var room = await HangAsync(":playback");
        await GiveUpAsync(room, room.EnqueueAsync("owner", ListeningRoom.Song(1)));
        var returning = room.Command("ann") with { Action = new JoinRoom { NeedsNoSnapshot = true } };

        var joined = ListeningRoom.Done(await room.Grain.JoinAsync(returning, room.Connection("ann")).WaitAsync(Patience));

        Assert.Equal((room.Id, true), (joined.RoomId, joined.Positions.IsEmpty));
        Assert.Null(ListeningRoom.CodeOf(await room.Grain.PauseAsync(room.Command("owner"))));
        Assert.Equal(RefusalCode.NotReady, ListeningRoom.CodeOf(await room.Grain.JoinAsync(room.Command("ben"), room.Connection("ben")).WaitAsync(Patience)));
    }

    /// <summary>A vote is told in two publications, each of which would be answered in time.</summary>
    [Fact]
    public async Task Should_wait_for_all_that_a_slow_one_is_told_no_longer_than_for_one()
    {
        var room = await ListeningRoom.OpenAsync(_cluster, "owner", "guest");
        var songs = await room.EnqueueAsync("owner", ListeningRoom.Song(1), ListeningRoom.Song(2));
        await HangAsync(":queue", room);
        var voting = room.Grain.VoteAsync(room.Command("guest"), songs[1], 1);
        await UntilToldAsync(room, 1);
        _cluster.Time.Advance(TimeSpan.FromSeconds(1.5));
        _releasedFirst.TrySetResult();
        await UntilToldAsync(room, 2);

        _cluster.Time.Advance(TimeSpan.FromSeconds(1));

        ListeningRoom.Done(await voting.WaitAsync(Patience));
    }

    private async Task<ListeningRoom> HangAsync(string channel, ListeningRoom? room = null)
    {
        var one = room ?? await ListeningRoom.OpenAsync(_cluster, "owner", "guest");
        _cluster.Outgoing = async context =>
        {
            if (context.MethodName == nameof(IChannelGrain.PublishAsync) && context.TargetId.Key.ToString()!.EndsWith(one.Id + channel, StringComparison.Ordinal))
                await (Interlocked.Increment(ref _begun) == 1 ? _releasedFirst.Task : _released.Task);
            await context.Invoke();
        };
        return one;
    }

    /// <summary>The room's turn waits for the channel, until it has waited long enough.</summary>
    private async Task GiveUpAsync(ListeningRoom room, Task turn)
    {
        await UntilToldAsync(room, 1);
        _cluster.Time.Advance(TimeSpan.FromSeconds(2));
        await turn.WaitAsync(Patience);
    }

    /// <summary>The channel is being told, and the room waits for it: a call that interleaves is answered when the room has nothing else to do.</summary>
    private async Task UntilToldAsync(ListeningRoom room, int times)
    {
        await Eventually.BecomesTrueAsync(() => Volatile.Read(ref _begun) >= times);
        await room.Grain.GetOwnershipAsync();
    }
}
