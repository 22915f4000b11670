using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

/// <summary>A cluster of its own: one part of the list does not answer.</summary>
public sealed class When_a_part_of_the_room_list_is_down : IAsyncLifetime
{
    private static readonly RoomDirectoryOptions Options = new();

    private readonly TestCluster _cluster = new() { SilosCount = 1 };
    private readonly TaskCompletionSource _othersAnswered = new();
    private readonly TaskCompletionSource _released = new();
    private int _count;

    private string? Down { get; set; }

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public async ValueTask DisposeAsync()
    {
        _released.TrySetResult();
        await _cluster.DisposeAsync();
    }

    [Fact]
    public async Task Should_answer_without_it_and_say_so()
    {
        var room = await ListeningRoom.OpenAsync(_cluster);
        var other = await OpenElsewhereAsync(room);
        Down = IRoomShardGrain.KeyOf(NumberOf(other));
        _cluster.Outgoing = context => context.TargetId.Key.ToString() == Down ? throw new TimeoutException() : context.Invoke();

        var page = await FindAsync(100);

        Assert.Equal((true, true, false), (page.IsPartial, page.Rooms.Any(listed => listed.RoomId == room.Id), page.Rooms.Any(listed => listed.RoomId == other.Id)));
    }

    [Fact]
    public async Task Should_wait_for_it_with_a_limit_and_not_ask_it_again_before_it_answers()
    {
        await FindAsync(50);
        Down = IRoomShardGrain.KeyOf(7);
        using var others = new CountdownEvent(Options.ShardsCount - 1);
        _cluster.Outgoing = async context =>
        {
            var isDown = context.TargetId.Key.ToString() == Down;
            if (isDown)
            {
                Interlocked.Increment(ref _count);
                await _released.Task;
            }

            await context.Invoke();
            if (context.MethodName == "FindAsync" && !isDown && !others.IsSet && others.Signal())
                _othersAnswered.TrySetResult();
        };
        var asking = FindAsync(100);
        await _othersAnswered.Task;
        _cluster.Time.Advance(Options.QueryTimeout);

        Assert.True((await asking).IsPartial);
        Assert.True((await FindAsync(99)).IsPartial);
        Assert.Equal(1, _count);
    }

    [Fact]
    public async Task Should_refuse_where_no_part_answers()
    {
        _cluster.Outgoing = static context => context.MethodName == "FindAsync" ? throw new TimeoutException() : context.Invoke();

        var answer = await _cluster.Grains.GetGrain<IRoomFinderGrain>(IRoomFinderGrain.Key).FindAsync(new());

        Assert.Equal(RefusalCode.NotReady, answer.Refusal?.Code);
    }

    private async Task<ListeningRoom> OpenElsewhereAsync(ListeningRoom room)
    {
        while (true)
        {
            var other = await ListeningRoom.OpenAsync(_cluster);
            if (NumberOf(other) != NumberOf(room))
                return other;
        }
    }

    private static int NumberOf(ListeningRoom room) => RoomShards.NumberOf(room.Id, Options.ShardsCount);

    private async Task<RoomListingPage> FindAsync(int max) =>
        ListeningRoom.Done(await _cluster.Grains.GetGrain<IRoomFinderGrain>(IRoomFinderGrain.Key).FindAsync(new() { CountMax = max }));
}
