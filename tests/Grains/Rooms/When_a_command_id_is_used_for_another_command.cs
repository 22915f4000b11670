using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

/// <summary>A client that uses an id twice by mistake must not be told that its second command was carried out.</summary>
[Collection(ClusterTests.Name)]
public sealed class When_a_command_id_is_used_for_another_command(TestCluster cluster)
{
    [Fact]
    public async Task Should_refuse_it_and_change_nothing()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        var entries = await room.EnqueueAsync("owner", ListeningRoom.Song(1), ListeningRoom.Song(2), ListeningRoom.Song(3));
        var voted = ListeningRoom.Done(await room.Grain.VoteAsync(room.Command("guest", "same"), entries[1], 1));
        var before = await room.ReadAsync("guest");
        var command = room.Command("guest", "same");

        Answer<RoomReceipt>[] answers =
        [
            await room.Grain.VoteAsync(command, entries[1], -1),
            await room.Grain.VoteAsync(command, entries[2], 1),
            await room.Grain.EnqueueAsync(command, [ListeningRoom.Song(4)]),
            await room.Grain.SendChatAsync(command, "hello"),
            await room.Grain.LeaveAsync(command, "guest-1"),
        ];

        Assert.All(answers, answer => Assert.Equal(("CONFLICT", "commandId", false), (answer.Refusal?.Code, answer.Refusal?.Detail, answer.Refusal?.Retryable)));
        Assert.Equal(before.Revision, (await room.ReadAsync("guest")).Revision);
        Assert.Empty(await ListeningRoom.SaidAsync(room.Chat));
        Assert.Equal(voted, ListeningRoom.Done(await room.Grain.VoteAsync(command, entries[1], 1)));
    }

    [Fact]
    public async Task Should_refuse_what_shares_the_id_of_a_message()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var command = room.Command("owner");
        var said = ListeningRoom.Done(await room.Grain.SendChatAsync(command, "hello"));

        Assert.Equal("CONFLICT", ListeningRoom.CodeOf(await room.Grain.SendChatAsync(command, "something else")));
        Assert.Equal("CONFLICT", ListeningRoom.CodeOf(await room.Grain.EnqueueAsync(command, [ListeningRoom.Song(1)])));

        Assert.Single(await ListeningRoom.SaidAsync(room.Chat));
        Assert.Equal(0, (await room.ReadAsync()).Queue.Total);
        Assert.Equal(said, ListeningRoom.Done(await room.Grain.SendChatAsync(command, "hello")));
    }

    [Fact]
    public async Task Should_refuse_what_shares_the_id_of_a_join_and_a_join_that_shares_the_id_of_another()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var join = room.Command("guest");
        ListeningRoom.Done(await room.Grain.JoinAsync(join, room.Connection("guest")));
        var voted = room.Command("guest");
        await room.EnqueueAsync("owner", ListeningRoom.Song(1), ListeningRoom.Song(2));
        ListeningRoom.Done(await room.Grain.EnqueueAsync(voted, [ListeningRoom.Song(3)]));

        Assert.Equal("CONFLICT", ListeningRoom.CodeOf(await room.Grain.EnqueueAsync(join, [ListeningRoom.Song(4)])));
        Assert.Equal("CONFLICT", ListeningRoom.CodeOf(await room.Grain.SendChatAsync(join, "hello")));
        Assert.Equal("CONFLICT", ListeningRoom.CodeOf(await room.Grain.LeaveAsync(join, "guest-1")));
        Assert.Equal("CONFLICT", ListeningRoom.CodeOf(await room.Grain.JoinAsync(voted, room.Connection("guest"))));
        Assert.Equal(2, ListeningRoom.Done(await room.Grain.JoinAsync(join, room.Connection("guest"))).Queue.Total);
    }

    [Fact]
    public async Task Should_know_a_repetition_whatever_else_has_changed()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        var command = room.Command("guest");
        var left = ListeningRoom.Done(await room.Grain.LeaveAsync(command, "guest-1"));

        // From a new connection, with a new token.
        Assert.Equal(left, ListeningRoom.Done(await room.Grain.LeaveAsync(command with { DisplayName = "Another name" }, "guest-2")));
    }
}
