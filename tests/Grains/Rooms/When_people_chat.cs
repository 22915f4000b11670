using WhatsSound.Channels;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

/// <summary>What the chat of a room promises: the invariants INV-C1 to INV-C3, and what goes with them.</summary>
[Collection(ClusterTests.Name)]
public sealed class When_people_chat(TestCluster cluster)
{
    [Fact]
    public async Task Should_number_messages_without_a_gap_and_tell_each_once_in_order_INV_C1()
    {
        string[] users = ["owner", "anna", "ben", "cleo"];
        var room = await ListeningRoom.OpenAsync(cluster, "owner", users[1..]);

        var first = await room.SayAsync("anna", "first");
        long[] offsets = [first, .. (await Task.WhenAll(users.SelectMany(user => Enumerable.Range(1, 4).Select(number => room.SayAsync(user, $"{user} {number}"))))).Order()];
        var taken = ListeningRoom.Done(await room.TalkAsync("anna", new DeleteChat { Offset = first }));

        Assert.Equal(Enumerable.Range(1, 17).Select(number => (long)number), offsets);
        var recovered = await room.Chat.RecoverAsync(new RecoverRequest { Since = taken.Position!.Value with { Offset = 0 } });
        Assert.Equal(Verdict.Recovered, recovered.Verdict);
        Assert.Equal(Enumerable.Range(1, 18).Select(number => (long)number), recovered.Publications.Select(publication => publication.Offset));
        Assert.Equal(offsets, (await room.PageAsync("owner")).Lines.Select(line => line.Offset));
    }

    [Fact]
    public async Task Should_show_the_newest_50_to_who_joins_and_follow_them_without_gap_or_duplicate_INV_C2()
    {
        string[] users = [.. Enumerable.Range(0, 12).Select(number => $"user{number}")];
        var room = await ListeningRoom.OpenAsync(cluster, "owner", users);
        await Task.WhenAll(users.SelectMany(user => Enumerable.Range(1, 5).Select(number => room.SayAsync(user, $"before {number}"))));

        var joining = Enumerable.Range(0, 8).Select(number => room.JoinAsync($"late{number}")).ToList();
        var saying = Enumerable.Range(1, 5).Select(number => room.SayAsync("owner", $"meanwhile {number}")).ToList();
        var snapshots = await Task.WhenAll(joining);
        await Task.WhenAll(saying);

        foreach (var snapshot in snapshots)
        {
            var head = snapshot.Positions[RoomId.ChatOf(room.Id)];
            Assert.Equal(Enumerable.Range(1, 50).Select(number => head.Offset - 50 + number), snapshot.Chat.Select(line => line.Offset));
            Assert.Equal((true, snapshot.Chat[0].Offset), (snapshot.ChatHasMore, snapshot.ChatCursor));
            var later = await room.Chat.RecoverAsync(new RecoverRequest { Since = head });
            Assert.Equal(Enumerable.Range(1, (int)(65 - head.Offset)).Select(number => head.Offset + number), later.Publications.Select(line => line.Offset));
        }
    }

    [Fact]
    public async Task Should_page_back_and_forth()
    {
        string[] users = [.. Enumerable.Range(0, 5).Select(number => $"user{number}")];
        var room = await ListeningRoom.OpenAsync(cluster, "owner", users);
        await Task.WhenAll(users.SelectMany(user => Enumerable.Range(1, 5).Select(number => room.SayAsync(user, $"{number}"))));

        var newest = await room.PageAsync("owner", max: 10);
        var middle = await room.PageAsync("owner", before: newest.Next, max: 10);
        var oldest = await room.PageAsync("owner", before: middle.Next, max: 10);
        var forth = await room.PageAsync("owner", after: 5, max: 10);
        var end = await room.PageAsync("owner", after: forth.Next, max: 10);

        Assert.Equal((16, 25, 16L), (newest.Lines[0].Offset, newest.Lines[^1].Offset, newest.Next));
        Assert.Equal((6, 15, 6L), (middle.Lines[0].Offset, middle.Lines[^1].Offset, middle.Next));
        Assert.Equal((1, 5, null), (oldest.Lines[0].Offset, oldest.Lines[^1].Offset, oldest.Next));
        Assert.Equal((6, 15, 15L), (forth.Lines[0].Offset, forth.Lines[^1].Offset, forth.Next));
        Assert.Equal((16, 25, null), (end.Lines[0].Offset, end.Lines[^1].Offset, end.Next));
    }

    [Fact]
    public async Task Should_show_pages_to_members_only()
    {
        var room = await ListeningRoom.OpenAsync(cluster);

        Assert.Equal(RefusalCode.NotMember, ListeningRoom.CodeOf(await room.Talk.GetPageAsync("stranger", new ChatPageRequest { CountMax = 10 })));
        Assert.Equal("limit", (await room.Talk.GetPageAsync("owner", new ChatPageRequest { CountMax = 101 })).Refusal!.Detail);
        Assert.Equal("after", (await room.Talk.GetPageAsync("owner", new ChatPageRequest { CountMax = 1, After = 1, Before = 2 })).Refusal!.Detail);
    }

    [Fact]
    public async Task Should_take_no_more_than_a_burst_and_the_rate_of_each_user_and_count_nothing_that_is_refused_INV_C3()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        var accepted = 0;
        for (var second = 0; second < 4; second++)
        {
            for (var number = 0; number < 8; number++)
            {
                var answer = await room.TalkAsync("guest", new SendChat { Text = $"{second} {number}" });
                accepted += answer.IsRefused ? 0 : 1;
                Assert.True(!answer.IsRefused || (answer.Refusal.Code, answer.Refusal.RetryAfterMs) is (RefusalCode.RateLimited, > 0 and <= 1000));
            }

            Assert.Equal(5 + second, accepted);
            await room.AdvanceAsync(TimeSpan.FromSeconds(1));
        }

        Assert.Equal(accepted, (await room.PageAsync("owner")).Lines.Length);
    }

    [Fact]
    public async Task Should_keep_the_pace_over_a_crash_INV_C3()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new UpdateSettings { SlowModeSeconds = 60 } }));
        await room.SayAsync("guest", "one");
        for (var number = 0; number < 5; number++)
            await room.SayAsync("owner", $"{number}");

        await cluster.DeactivateAsync(room.Talk);

        var slow = (await room.TalkAsync("guest", new SendChat { Text = "two" })).Refusal!;
        Assert.Equal((RefusalCode.SlowMode, 60_000), (slow.Code, slow.RetryAfterMs));
        Assert.Equal(RefusalCode.RateLimited, ListeningRoom.CodeOf(await room.TalkAsync("owner", new SendChat { Text = "six" })));
    }

    [Fact]
    public async Task Should_make_nobody_wait_longer_for_what_was_refused_INV_C3()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new UpdateSettings { SlowModeSeconds = 10 } }));
        await room.SayAsync("guest", "one");
        await room.AdvanceAsync(TimeSpan.FromSeconds(5));
        var slow = (await room.TalkAsync("guest", new SendChat { Text = "two" })).Refusal!;
        Assert.Equal((RefusalCode.SlowMode, true, 5000), (slow.Code, slow.Retryable, slow.RetryAfterMs));

        await room.AdvanceAsync(TimeSpan.FromSeconds(5));

        await room.SayAsync("guest", "two");
    }

    [Fact]
    public async Task Should_let_only_those_who_keep_order_speak_while_the_chat_is_locked()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new UpdateSettings { IsChatLocked = true } }));

        Assert.Equal(RefusalCode.ChatLocked, ListeningRoom.CodeOf(await room.TalkAsync("guest", new SendChat { Text = "one" })));

        await room.SayAsync("owner", "two");
    }

    [Fact]
    public async Task Should_let_who_ignores_the_slow_mode_speak()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new UpdateSettings { SlowModeSeconds = 300 } }));
        await room.SayAsync("guest", "one");
        Assert.Equal(RefusalCode.SlowMode, ListeningRoom.CodeOf(await room.TalkAsync("guest", new SendChat { Text = "two" })));

        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new SetPermission { Permission = "ignoreSlowMode", Role = RoomRole.Listener } }));

        await room.SayAsync("guest", "two");
    }

    [Fact]
    public async Task Should_answer_a_message_as_before_after_a_crash_whatever_its_author_may_do_by_now()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        var command = room.Command("guest") with { Action = new SendChat { Text = "hello" } };
        var said = ListeningRoom.Done(await room.Talk.ActAsync(command));
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new ApplySanction { UserId = "guest", Kind = SanctionKind.Mute } }));

        await cluster.DeactivateAsync(room.Talk);
        await cluster.DeactivateAsync(room.Chat);

        var again = ListeningRoom.Done(await room.Talk.ActAsync(command));
        Assert.Equal((said.Position, said.TimeMs), (again.Position, again.TimeMs));
        Assert.Single((await room.PageAsync("owner")).Lines);
        Assert.Equal(RefusalCode.Muted, ListeningRoom.CodeOf(await room.TalkAsync("guest", new SendChat { Text = "more" })));
    }

    [Fact]
    public async Task Should_say_once_what_was_kept_as_the_chat_crashed_before_it_answered()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        await room.SayAsync("owner", "before");
        var command = room.Command("owner") with { Action = new SendChat { Text = "kept" } };
        cluster.Log.Fail(RoomId.ChatOf(room.Id), LogFault.AfterAppend);
        Assert.Equal(RefusalCode.Timeout, ListeningRoom.CodeOf(await room.Talk.ActAsync(command)));
        cluster.Log.Fail(RoomId.ChatOf(room.Id), LogFault.None);

        await cluster.KillSiloOfAsync(room.Talk);
        await room.AdvanceAsync(TimeSpan.FromSeconds(1));
        var again = ListeningRoom.Done(await UntilReadyAsync(() => room.Talk.ActAsync(command)));

        Assert.Equal(2, again.Position!.Value.Offset);
        Assert.Equal(["before", "kept"], (await room.PageAsync("owner")).Lines.Select(line => ListeningRoom.MessageOf(line).Text));
        Assert.Equal(3, await room.SayAsync("owner", "after"));
    }

    [Fact]
    public async Task Should_get_nothing_in_behind_a_sanction_that_was_decided_before_it()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "troll");
        await room.SayAsync("troll", "one");

        // The message waits for the log, and the ban for the message.
        var appending = new TaskCompletionSource();
        cluster.Log.HoldAppends(RoomId.ChatOf(room.Id), appending.Task);
        var saying = room.TalkAsync("troll", new SendChat { Text = "two" });
        await cluster.Log.WhenAppendsWaitAsync(RoomId.ChatOf(room.Id));
        var settling = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var isSettledTooSoon = false;
        cluster.Outgoing = async context =>
        {
            if (context.MethodName == nameof(IChatGrain.SettleAsync))
                settling.TrySetResult();
            await context.Invoke();
            isSettledTooSoon |= context.MethodName == nameof(IChatGrain.SettleAsync) && !appending.Task.IsCompleted;
        };
        var banning = room.Grain.ActAsync(room.Command("owner") with { Action = new ApplySanction { UserId = "troll", Kind = SanctionKind.Ban } });
        await settling.Task.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        var late = room.TalkAsync("troll", new SendChat { Text = "three" });
        Assert.False(banning.IsCompleted);
        appending.SetResult();

        ListeningRoom.Done(await saying);
        ListeningRoom.Done(await banning);
        cluster.Outgoing = null;
        Assert.False(isSettledTooSoon);
        Assert.Equal(RefusalCode.Banned, ListeningRoom.CodeOf(await late));
        Assert.Equal(["one", "two"], (await room.PageAsync("owner")).Lines.Select(line => ListeningRoom.MessageOf(line).Text));
    }

    [Fact]
    public async Task Should_be_where_its_room_is()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        await room.SayAsync("owner", "hello");

        Assert.Equal(cluster.FindSiloOf(room.Grain), cluster.FindSiloOf(room.Talk));
    }

    private static Task<Answer<RoomReceipt>> UntilReadyAsync(Func<Task<Answer<RoomReceipt>>> call) =>
        Eventually.UntilAsync(() => TestCluster.RetryAsync(call), static answer => answer.Refusal is not { Retryable: true });
}
