using WhatsSound.Channels;
using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

[Collection(ClusterTests.Name)]
public sealed class When_a_dependency_of_a_room_fails(TestCluster cluster)
{
    [Fact]
    public async Task Should_not_claim_an_outcome_and_change_nothing_when_it_cannot_save()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var before = await room.ReadAsync();
        var command = room.Command("owner");
        cluster.Journal.FailAppends(1);

        var answer = await room.Grain.EnqueueAsync(command, [ListeningRoom.Song(1)]);

        Assert.Equal((RefusalCode.Timeout, true), (answer.Refusal?.Code, answer.Refusal?.Retryable));
        var after = await room.ReadAsync();
        Assert.Equal((before.Revision, before.Playback, 0), (after.Revision, after.Playback, after.Queue.Total));
        Assert.Empty(await ListeningRoom.SaidAsync(room.Queue));
        Assert.Single(ListeningRoom.Done(await room.Grain.EnqueueAsync(command, [ListeningRoom.Song(1)])).EntryIds);
    }

    [Fact]
    public async Task Should_have_one_effect_when_the_answer_of_the_storage_was_lost()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var command = room.Command("owner");
        cluster.Journal.LoseAnswers(1);

        var first = await room.Grain.EnqueueAsync(command, [ListeningRoom.Song(1)]);
        var second = await room.Grain.EnqueueAsync(command, [ListeningRoom.Song(1)]);
        await cluster.DeactivateAsync(room.Grain);
        var third = await room.Grain.EnqueueAsync(command, [ListeningRoom.Song(1)]);

        Assert.Equal((RefusalCode.Timeout, true), (first.Refusal?.Code, first.Refusal?.Retryable));
        Assert.True(second.Refusal?.Retryable);
        Assert.Equal((await room.ReadAsync()).Playback.EntryId, Assert.Single(ListeningRoom.Done(third).EntryIds));
    }

    [Fact]
    public async Task Should_save_its_housekeeping_soon_after_it_could_not()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        await room.AdvanceAsync(TimeSpan.FromSeconds(6));
        await room.EnqueueAsync("owner", ListeningRoom.Song(1));
        cluster.Journal.FailAppends(int.MaxValue);
        await room.AdvanceAsync(TimeSpan.FromSeconds(5.5));
        cluster.Journal.FailAppends(0);

        await Eventually.BecomesTrueAsync(async () =>
        {
            await room.AdvanceAsync(TimeSpan.FromSeconds(0.5));
            return cluster.Journal.KeptOf(room.Id)[^1] is var last && RoomEntry.Read(last.Content) is { Events: null } entry && entry.Published == last.Number - 1;
        });
    }

    [Fact]
    public async Task Should_end_a_song_later_when_its_end_cannot_be_saved()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var entries = await room.EnqueueAsync("owner", ListeningRoom.Song(1, seconds: 20), ListeningRoom.Song(2));
        await room.AdvanceAsync(TimeSpan.FromSeconds(20));
        cluster.Journal.FailAppends(1);

        await room.AdvanceAsync(TimeSpan.FromSeconds(3));

        var snapshot = await room.ReadAsync();
        Assert.Equal(entries[1], snapshot.Playback.EntryId);
        Assert.Equal("completed", Assert.Single(snapshot.History).EndReason);
    }

    [Fact]
    public async Task Should_answer_while_a_channel_is_away_and_tell_it_later()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var channel = RoomId.PlaybackOf(room.Id);
        cluster.Log.Fail(channel, LogFault.BeforeAppend);

        await room.EnqueueAsync("owner", ListeningRoom.Song(1));
        ListeningRoom.Done(await room.Grain.PauseAsync(room.Command("owner")));
        Assert.Single(await ListeningRoom.SaidAsync(room.Queue));
        Assert.Equal(RefusalCode.NotReady, ListeningRoom.CodeOf(await room.Grain.GetSnapshotAsync("owner")));
        cluster.Log.Fail(channel, LogFault.None);
        await room.AdvanceAsync(TimeSpan.FromSeconds(10));

        var said = Assert.Single(cluster.Log.KeptOf(channel));
        Assert.Equal(2, said.Offset);
        Assert.Equal((await room.ReadAsync()).Playback, said.Data.Read(WireJson.Default.PlaybackVector));
    }

    [Fact]
    public async Task Should_chat_once_when_the_answer_of_the_log_was_lost()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var command = room.Command("owner");
        cluster.Log.Fail(RoomId.ChatOf(room.Id), LogFault.AfterAppend);
        var first = await room.Grain.SendChatAsync(command, "hello");
        cluster.Log.Fail(RoomId.ChatOf(room.Id), LogFault.None);

        Assert.True(first.Refusal?.Retryable);
        ListeningRoom.Done(await room.Grain.SendChatAsync(command, "hello"));

        Assert.Single(cluster.Log.KeptOf(RoomId.ChatOf(room.Id)));
    }

    /// <summary>Who is out must not be told that they cannot leave because they are not there.</summary>
    [Fact]
    public async Task Should_answer_a_leave_that_was_carried_out_and_not_answered()
    {
        await using var own = new TestCluster { SilosCount = 1 };
        await own.InitializeAsync();
        var room = await ListeningRoom.OpenAsync(own, "owner", "bob");
        await room.AdvanceAsync(TimeSpan.FromSeconds(1));
        var (command, exit) = (room.Command("bob") with { Action = new LeaveRoom() }, room.Exit("bob"));
        own.Outgoing = static async context =>
        {
            await context.Invoke();
            if (context.Request.GetMethodName() is nameof(IChannelGrain.DepartAsync) or nameof(IChannelGrain.LeaveAsync))
                throw new TimeoutException("The answer was lost.");
        };
        var first = await room.Grain.LeaveAsync(command, exit);
        own.Outgoing = null;
        await room.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.DoesNotContain("bob", (await room.ReadAsync()).Presence.Members.Select(static member => member.UserId));

        var second = await room.Grain.LeaveAsync(command, exit);

        Assert.True(first.Refusal?.Retryable);
        Assert.Null(second.Refusal?.Code);
    }
}
