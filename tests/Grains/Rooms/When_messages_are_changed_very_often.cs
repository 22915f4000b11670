using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

/// <summary>A cluster of its own, that counts how often the chat's log is read. What was said last lies far back in it: everything after that is changes.</summary>
public sealed class When_messages_are_changed_very_often : IAsyncLifetime
{
    private const int ChangesCount = 350;
    private const int LinesCount = 4;
    private readonly TestCluster _cluster = new();
    private readonly TaskCompletionSource[] _holds = [new(), new(), new()];
    private int _reads;
    private int _answered;
    private int _published;

    public async ValueTask InitializeAsync()
    {
        Array.ForEach(_holds, static hold => hold.SetResult());
        await _cluster.InitializeAsync();
        _cluster.Outgoing = context =>
        {
            return context.MethodName is nameof(IChannelGrain.ReadHistoryAsync) ? ReadAsync(context) : context.Invoke();
        };

        async Task ReadAsync(IOutgoingGrainCallContext context)
        {
            var hold = _holds[Math.Min(Interlocked.Increment(ref _reads), _holds.Length) - 1];
            await hold.Task;
            await context.Invoke();
            Interlocked.Increment(ref _answered);
        }
    }

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Should_read_back_for_the_first_who_comes_and_for_nobody_after()
    {
        var room = await OpenAsync();
        var first = await room.JoinAsync("ann");
        Assert.InRange(Volatile.Read(ref _reads), 1, 6);
        var reads = Volatile.Read(ref _reads);

        var second = await room.JoinAsync("ben");
        var third = await room.ReadAsync("ann");

        Assert.Equal(reads, Volatile.Read(ref _reads));
        Assert.Equal(LinesCount, first.Chat.Length);
        Assert.Equal(TextsOf(first.Chat), TextsOf(second.Chat));
        Assert.Equal(first.Positions[RoomId.ChatOf(room.Id)], third.Positions[RoomId.ChatOf(room.Id)]);
    }

    [Fact]
    public async Task Should_show_what_was_said_changed_and_taken_back_since_as_the_log_does()
    {
        var room = await OpenAsync();
        await room.JoinAsync("ann");
        var reads = Volatile.Read(ref _reads);
        await ChangeAsync(room, 1, "changed at last");
        await ChangeAsync(room, 2, text: null);
        await PublishAsync(room, RoomEvents.Chat, Payload.Of(new ChatMessage { Text = "for all" }, WireJson.Default.ChatMessage));
        await PublishAsync(room, RoomEvents.Chat, Payload.Of(new ChatMessage { Text = "for ann alone" }, WireJson.Default.ChatMessage), own: "ann");
        var own = (await ListeningRoom.SaidAsync(room.Chat))[^1].Offset;
        await ChangeAsync(room, own, "for ann alone, changed", own: "ann");
        await ChangeAsync(room, 3, "as only ann sees it", own: "ann");

        var ben = await room.JoinAsync("ben");
        var ann = await room.ReadAsync("ann");

        Assert.Equal(reads, Volatile.Read(ref _reads));
        Assert.Equal(["changed at last", "", "line 2", "line 3", "for all"], TextsOf(ben.Chat));
        Assert.Equal(["changed at last", "", "as only ann sees it", "line 3", "for all", "for ann alone, changed"], TextsOf(ann.Chat));
        foreach (var (userId, shown) in new[] { ("ben", ben), ("ann", ann) })
            Assert.Equal((await room.PageAsync(userId)).Lines.Select(static line => (line.Offset, line.Data)), shown.Chat.Select(static line => (line.Offset, line.Data)));
    }

    [Fact]
    public async Task Should_keep_nothing_a_minute_after_somebody_came_last()
    {
        var room = await OpenAsync();
        await room.JoinAsync("ann");
        var reads = Volatile.Read(ref _reads);

        await room.AdvanceAsync(TimeSpan.FromSeconds(61));
        await room.ReadAsync("ann");

        Assert.Equal(2 * reads, Volatile.Read(ref _reads));
    }

    /// <summary>Each page is answered in time, and all of them are not.</summary>
    [Fact]
    public async Task Should_hold_the_room_up_no_longer_than_one_call_and_read_on_for_who_comes_next()
    {
        var room = await OpenAsync();
        await JoinInVainAsync(room);

        _holds[1].SetResult();
        await Eventually.BecomesTrueAsync(() => Volatile.Read(ref _reads) == 3);

        Assert.Equal(LinesCount, (await room.JoinAsync("ben")).Chat.Length);
        Assert.Equal(3, Volatile.Read(ref _reads));
    }

    [Fact]
    public async Task INV_C2_should_show_what_was_taken_back_after_a_reading_for_which_nobody_waited_any_more()
    {
        var room = await OpenAsync();
        await JoinInVainAsync(room);
        _holds[1].SetResult();
        await Eventually.BecomesTrueAsync(() => Volatile.Read(ref _answered) == 3);
        await room.Grain.GetOwnershipAsync();

        await ChangeAsync(room, 2, text: null);

        Assert.Equal(["line 0", "", "line 2", "line 3"], TextsOf((await room.JoinAsync("ben")).Chat));
        Assert.Equal(3, Volatile.Read(ref _reads));
    }

    /// <summary>Until the first who comes has waited as long as may be; the second page is still to be answered.</summary>
    private async Task JoinInVainAsync(ListeningRoom room)
    {
        for (var page = 0; page < 2; page++)
            _holds[page] = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var joining = room.Grain.JoinAsync(room.Command("ann"), room.Connection("ann"));
        await UntilReadAsync(1);
        _cluster.Time.Advance(TimeSpan.FromSeconds(1.5));
        _holds[0].SetResult();
        await UntilReadAsync(2);
        _cluster.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(RefusalCode.NotReady, ListeningRoom.CodeOf(await joining.WaitAsync(TimeSpan.FromSeconds(20))));

        async Task UntilReadAsync(int pages)
        {
            await Eventually.BecomesTrueAsync(() => Volatile.Read(ref _reads) >= pages);
            await room.Grain.GetOwnershipAsync();
        }
    }

    private async Task<ListeningRoom> OpenAsync()
    {
        var room = await ListeningRoom.OpenAsync(_cluster);
        for (var number = 0; number < LinesCount; number++)
            await PublishAsync(room, RoomEvents.Chat, Payload.Of(new ChatMessage { Text = $"line {number}" }, WireJson.Default.ChatMessage));
        for (var number = 0; number < ChangesCount; number++)
            await ChangeAsync(room, 1 + (number % LinesCount), $"line {number % LinesCount}");
        return room;
    }

    private Task ChangeAsync(ListeningRoom room, long offset, string? text, string? own = null)
    {
        var message = new ChatMessage { Text = text ?? "", IsDeleted = text is null };
        var change = Payload.Of(new ChatChange { Offset = offset, AuthorId = own ?? "owner", Message = message }, WireJson.Default.ChatChange);
        return PublishAsync(room, RoomEvents.ChatChanged, change, $"chatChanged:{offset}", own, new Amendment { Offset = offset, Data = Payload.Of(message, WireJson.Default.ChatMessage) });
    }

    /// <summary>As the chat does, which nobody may use so fast.</summary>
    private async Task PublishAsync(ListeningRoom room, string eventName, Payload data, string? key = null, string? own = null, Amendment? amends = null) => ListeningRoom.Done(await room.Chat.PublishAsync(new PublishRequest
    {
        Id = $"p{++_published}", Event = eventName, Publisher = own ?? "owner", Key = key, Data = own is null ? data : default, Own = own is null ? null : new OwnData { UserId = own, Data = data }, Amends = amends,
    }));

    private static IEnumerable<string> TextsOf(ImmutableArray<Publication> lines) => lines.Select(static line => ListeningRoom.MessageOf(line).Text);
}
