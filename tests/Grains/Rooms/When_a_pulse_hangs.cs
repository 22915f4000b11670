using WhatsSound.Channels;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

/// <summary>A cluster of its own, where the pulse of a room can be made to hang.</summary>
public sealed class When_a_pulse_hangs : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TestCluster _cluster = new();
    private readonly TaskCompletionSource _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _calls;

    public async ValueTask InitializeAsync()
    {
        await _cluster.InitializeAsync();
        _cluster.Outgoing = async context =>
        {
            if (context.MethodName == "PublishAsync" && context.TargetId.Key.ToString()!.EndsWith(":pulse", StringComparison.Ordinal))
            {
                Interlocked.Increment(ref _calls);
                _asked.TrySetResult();
                await _released.Task;
            }

            await context.Invoke();
        };
    }

    public async ValueTask DisposeAsync()
    {
        _released.TrySetResult();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Should_say_and_react_as_before_and_tell_of_it_later()
    {
        var room = await ListeningRoom.OpenAsync(_cluster, "owner", "guest");
        var first = await room.SayAsync("guest", "hello");
        ListeningRoom.Done(await room.Talk.ReportAsync("owner", "Owner", new React { Emoji = "\U0001F525", Offset = first }));
        ListeningRoom.Done(await room.Talk.ReportAsync("owner", "Owner", new SetTyping { IsTyping = true }));
        _cluster.Time.Advance(TimeSpan.FromMilliseconds(500));
        await _asked.Task;

        Assert.Equal(first + 1, await room.SayAsync("guest", "still here").WaitAsync(Patience));
        ListeningRoom.Done(await room.Talk.ReportAsync("guest", "Guest", new SetTyping { IsTyping = true }).WaitAsync(Patience));
        Assert.Equal(1, Volatile.Read(ref _calls));

        _released.TrySetResult();
        await Eventually.BecomesTrueAsync(async () =>
        {
            _cluster.Time.Advance(TimeSpan.FromMilliseconds(100));
            return await WritingAsync(room) is ["owner", "guest"];
        });
    }

    private async Task<string[]> WritingAsync(ListeningRoom room)
    {
        var pulse = await _cluster.Grains.GetChannel(RoomId.PulseOf(room.Id)).RecoverAsync(new RecoverRequest { RewindCount = 100 });
        var told = pulse.Publications.LastOrDefault(publication => publication.Key == "typing");
        return told is null ? [] : [.. told.Data.Read(WireJson.Default.TypingMembers)!.Members.Select(member => member.UserId)];
    }
}
