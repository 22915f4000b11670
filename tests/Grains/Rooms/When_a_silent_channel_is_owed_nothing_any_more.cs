using WhatsSound.Channels;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

/// <summary>A cluster of its own, with rooms that let a single publication wait. Its clock stands still unless it is advanced.</summary>
public sealed class When_a_silent_channel_is_owed_nothing_any_more : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TestCluster _cluster = new() { OutboxMax = 1 };
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        _released.TrySetResult();
        await _cluster.DisposeAsync();
    }

    /// <summary>What is left out at the bound of the outbox is a song that was played: the room's own channel is owed it alone, and then nothing.</summary>
    [Fact]
    public async Task Should_be_told_what_comes_later()
    {
        var room = await ListeningRoom.OpenAsync(_cluster, "owner", "guest");
        var songs = await room.EnqueueAsync("owner", ListeningRoom.Song(1));
        _cluster.Outgoing = async context =>
        {
            if (context.MethodName == nameof(IChannelGrain.PublishAsync) && context.Request.GetArgument(0) is PublishRequest { Event: RoomEvents.Played })
            {
                _begun.TrySetResult();
                await _released.Task;
            }

            await context.Invoke();
        };
        var skipping = room.Grain.ActAsync(room.Command("owner") with { Action = new Skip { EntryId = songs[0] } });
        await _begun.Task.WaitAsync(Patience);
        await room.Grain.GetOwnershipAsync();
        _cluster.Time.Advance(TimeSpan.FromSeconds(2));
        ListeningRoom.Done(await skipping.WaitAsync(Patience));
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("guest") with { Action = new ReportMember { UserId = "somebody", Reason = "spam" } }).WaitAsync(Patience));
        await room.AdvanceAsync(TimeSpan.FromSeconds(2));

        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new UpdateSettings { Name = "Another name" } }).WaitAsync(Patience));

        Assert.Null(ListeningRoom.CodeOf(await room.Grain.GetSnapshotAsync("owner").WaitAsync(Patience)));
        Assert.Equal(RoomEvents.Settings, (await ListeningRoom.SaidAsync(room.Main))[^1].Event);
    }
}
