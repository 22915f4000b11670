using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

/// <summary>A cluster of its own, in which what a room does beside its turns can be made to hang. Its clock stands still unless it is advanced: what waited would wait for ever.</summary>
public sealed class When_what_a_room_keeps_aside_hangs : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TestCluster _cluster = new() { SnapshotEvery = 3 };
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        _released.TrySetResult();
        _cluster.Storage.HoldWrites(Task.CompletedTask);
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Should_go_on_while_a_snapshot_is_written_and_begin_no_other()
    {
        var room = await ListeningRoom.OpenAsync(_cluster, "owner");
        var song = ListeningRoom.Song(1);
        await room.EnqueueAsync("owner", song);
        _cluster.Storage.HoldWrites(_released.Task);
        var (begun, grainId) = (WritesOf(room), room.Grain.GetGrainId());
        await ChangeAsync(room);
        await room.AdvanceAsync(TimeSpan.FromSeconds(5)).WaitAsync(Patience);
        Assert.Equal(begun + 1, WritesOf(room));

        await ChangeAsync(room).WaitAsync(Patience);
        await room.AdvanceAsync(TimeSpan.FromSeconds(8)).WaitAsync(Patience);
        await ChangeAsync(room).WaitAsync(Patience);
        Assert.Equal(begun + 1, WritesOf(room));

        _cluster.Storage.HoldWrites(Task.CompletedTask);
        _released.SetResult();
        await Eventually.BecomesTrueAsync(async () =>
        {
            await room.AdvanceAsync(TimeSpan.FromSeconds(1));
            return _cluster.Storage.Read<RoomState>("room", grainId).Number >= _cluster.Journal.KeptOf(room.Id)[^1].Number - 3;
        });
        var revision = (await room.ReadAsync("owner")).Revision;
        await _cluster.DeactivateAsync(room.Grain);
        Assert.True((await TestCluster.RetryAsync(() => room.Grain.GetSnapshotAsync("owner"))).Value!.Revision >= revision);
    }

    [Fact]
    public async Task Should_go_on_while_reminders_hang_and_set_its_own_later()
    {
        var calls = 0;
        _cluster.Outgoing = context => context.MethodName is "RegisterOrUpdateReminder" && Interlocked.Increment(ref calls) == 1 ? _released.Task : context.Invoke();
        var room = await ListeningRoom.OpenAsync(_cluster, "owner");
        await room.EnqueueAsync("owner", ListeningRoom.Song(1));
        await Eventually.BecomesTrueAsync(() =>
        {
            if (Volatile.Read(ref calls) == 0)
                _cluster.Time.Advance(TimeSpan.FromMilliseconds(100));
            return Volatile.Read(ref calls) > 0;
        });

        await ChangeAsync(room).WaitAsync(Patience);

        await Eventually.BecomesTrueAsync(async () =>
        {
            await room.AdvanceAsync(TimeSpan.FromSeconds(1));
            return Volatile.Read(ref calls) == 2;
        });
    }

    private int WritesOf(ListeningRoom room) => _cluster.Storage.WritesBegunOf("room", room.Grain.GetGrainId());

    /// <summary>More than a snapshot is written after.</summary>
    private static async Task ChangeAsync(ListeningRoom room)
    {
        for (var time = 0; time < 2; time++)
        {
            ListeningRoom.Done(await room.Grain.PauseAsync(room.Command("owner")));
            ListeningRoom.Done(await room.Grain.PlayAsync(room.Command("owner")));
        }
    }
}
