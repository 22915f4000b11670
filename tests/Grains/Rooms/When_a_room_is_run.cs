using WhatsSound.Presence;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

[Collection(ClusterTests.Name)]
public sealed class When_a_room_is_run(TestCluster cluster)
{
    [Fact]
    public async Task Should_be_created_once()
    {
        var room = await ListeningRoom.OpenAsync(cluster);

        Assert.Equal(RefusalCode.RoomNameTaken, ListeningRoom.CodeOf(await room.Grain.CreateAsync(room.Command("owner"), new RoomSettings { Name = "Another name" })));
        Assert.Equal("A room", (await room.ReadAsync()).Settings.Name);
        Assert.Equal(RefusalCode.RoomNameTaken, ListeningRoom.CodeOf(await room.Grain.CreateAsync(room.Command("thief"), new RoomSettings { Name = "Mine" })));
    }

    [Fact]
    public async Task Should_refuse_an_id_that_is_none()
    {
        var grain = cluster.Grains.GetGrain<IRoomGrain>("room:NOT AN ID");

        var answer = await grain.CreateAsync(new RoomCommand { CommandId = "c", UserId = "u", Action = new JoinRoom() }, new RoomSettings { Name = "A room" });

        Assert.Equal("roomId", answer.Refusal?.Detail);
    }

    [Fact]
    public async Task INV_R1_Should_carry_out_a_command_once()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        var command = room.Command("owner", "the-same");

        var first = ListeningRoom.Done(await room.Grain.EnqueueAsync(command, [ListeningRoom.Song(1)]));
        var second = ListeningRoom.Done(await room.Grain.EnqueueAsync(command, [ListeningRoom.Song(1)]));
        ListeningRoom.Done(await room.Grain.EnqueueAsync(room.Command("guest", "the-same"), [ListeningRoom.Song(2)]));

        Assert.Equal(first.EntryIds[0], second.EntryIds[0]);
        Assert.Equal(1, (await room.ReadAsync()).Queue.Total);
    }

    [Fact]
    public async Task Should_say_something_once_and_tell_where_it_is()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var command = room.Command("owner");

        var first = ListeningRoom.Done(await room.Grain.SendChatAsync(command, "hello"));
        var second = ListeningRoom.Done(await room.Grain.SendChatAsync(command, "hello"));

        Assert.Equal(first, second);
        var said = Assert.Single(await ListeningRoom.SaidAsync(room.Chat));
        Assert.Equal((first.Position!.Value.Offset, "owner", "chat", command.CommandId), (said.Offset, said.Publisher, said.Event, said.Id));
        Assert.Equal(new ChatMessage { Text = "hello", DisplayName = "owner" }, said.Data.Read(WireJson.Default.ChatMessage));
    }

    [Fact]
    public async Task Should_answer_the_same_message_to_who_says_too_much()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var command = room.Command("owner");
        var first = ListeningRoom.Done(await room.Grain.SendChatAsync(command, "hello"));
        for (var i = 0; i < 5; i++)
            await room.Grain.SendChatAsync(room.Command("owner"), $"line {i}");

        Assert.Equal(first, ListeningRoom.Done(await room.Grain.SendChatAsync(command, "hello")));
    }

    [Fact]
    public async Task Should_answer_the_same_message_to_who_is_not_back_yet()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        var command = room.Command("guest");
        var first = ListeningRoom.Done(await room.Grain.SendChatAsync(command, "hello"));
        await room.LeaveAsync("guest");
        await room.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(first, ListeningRoom.Done(await room.Grain.SendChatAsync(command, "hello")));
        Assert.Equal(RefusalCode.NotMember, ListeningRoom.CodeOf(await room.Grain.SendChatAsync(room.Command("guest"), "more")));
    }

    [Fact]
    public async Task Should_answer_the_same_creation_as_before()
    {
        var room = new ListeningRoom(cluster, $"room-{Guid.NewGuid():N}");
        var command = room.Command("owner");
        var first = ListeningRoom.Done(await room.Grain.CreateAsync(command, new RoomSettings { Name = "A room" }));
        await room.JoinAsync("owner");
        await room.EnqueueAsync("owner", ListeningRoom.Song(1));

        var again = ListeningRoom.Done(await room.Grain.CreateAsync(command, new RoomSettings { Name = "A room" }));

        Assert.Equal(first.Revision, again.Revision);
    }

    [Fact]
    public async Task Should_answer_the_same_creation_as_before_after_a_crash_and_refuse_another_of_a_closed_room()
    {
        var room = new ListeningRoom(cluster, $"room-{Guid.NewGuid():N}");
        var command = room.Command("owner");
        var first = ListeningRoom.Done(await room.Grain.CreateAsync(command, new RoomSettings { Name = "A room" }));
        await room.JoinAsync("owner");
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new CloseRoom() }));
        await cluster.DeactivateAsync(room.Grain);

        Assert.Equal(first.Revision, ListeningRoom.Done(await room.Grain.CreateAsync(command, new RoomSettings { Name = "A room" })).Revision);
        var again = (await room.Grain.CreateAsync(room.Command("owner"), new RoomSettings { Name = "A room" })).Refusal;
        Assert.Equal((RefusalCode.RoomNameTaken, room.Id), (again?.Code, again?.Detail));
    }

    [Fact]
    public async Task Should_know_of_who_left_from_the_answer_on_and_not_before_their_last_connection_did()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        ListeningRoom.Done(await room.Grain.JoinAsync(room.Command("guest"), room.Connection("guest", "guest-2")));

        ListeningRoom.Done(await room.Grain.LeaveAsync(room.Command("guest"), "guest-2"));
        ListeningRoom.Done(await room.Grain.SendChatAsync(room.Command("guest"), "still here"));
        ListeningRoom.Done(await room.Grain.LeaveAsync(room.Command("guest"), "guest-1"));

        Assert.Equal(RefusalCode.NotMember, ListeningRoom.CodeOf(await room.Grain.SendChatAsync(room.Command("guest"), "gone")));
        Assert.Equal(RefusalCode.NotMember, ListeningRoom.CodeOf(await room.Grain.EnqueueAsync(room.Command("guest"), [ListeningRoom.Song(1)])));
        var given = await room.Grain.ActAsync(room.Command("owner") with { Action = new GrantRole { ToUserId = "guest", Role = RoomRole.Owner } });
        Assert.Equal(RefusalCode.NotMember, ListeningRoom.CodeOf(given));
        await room.JoinAsync("guest");
        ListeningRoom.Done(await room.Grain.SendChatAsync(room.Command("guest"), "back"));
    }

    [Fact]
    public async Task Should_have_nobody_in_it_once_it_was_closed_and_opened_again()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new CloseRoom() }));
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new ReopenRoom() }));

        Assert.Equal(RefusalCode.NotMember, ListeningRoom.CodeOf(await room.Grain.EnqueueAsync(room.Command("owner"), [ListeningRoom.Song(1)])));
        await room.JoinAsync("owner");
        Assert.Equal(RefusalCode.NotMember, ListeningRoom.CodeOf(await room.Grain.SendChatAsync(room.Command("guest"), "hello")));
        ListeningRoom.Done(await room.Grain.EnqueueAsync(room.Command("owner"), [ListeningRoom.Song(1)]));
        ListeningRoom.Done(await room.Grain.LeaveAsync(room.Command("guest"), "guest-1"));
    }

    [Fact]
    public async Task Should_slow_down_who_says_too_much()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        for (var i = 0; i < 5; i++)
            ListeningRoom.Done(await room.Grain.SendChatAsync(room.Command("owner"), $"line {i}"));

        var answer = await room.Grain.SendChatAsync(room.Command("owner"), "one too many");

        Assert.Equal((RefusalCode.RateLimited, 1000), (answer.Refusal?.Code, answer.Refusal?.RetryAfterMs));
        await room.AdvanceAsync(TimeSpan.FromSeconds(1));
        ListeningRoom.Done(await room.Grain.SendChatAsync(room.Command("owner"), "in time"));
    }

    [Fact]
    public async Task Should_hand_over_when_the_host_leaves_and_back_when_the_owner_returns()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");

        await room.LeaveAsync("owner");
        await room.AdvanceAsync(TimeSpan.FromSeconds(1));
        Assert.Equal("guest", (await room.ReadAsync("guest")).HostUserId);
        await room.JoinAsync("owner");

        Assert.Equal("owner", (await room.ReadAsync("guest")).HostUserId);
        var changes = (await ListeningRoom.SaidAsync(room.Main)).Where(publication => publication.Event == RoomEvents.HostChanged);
        Assert.Equal(
            [new HostChanged { HostUserId = "guest", Reason = "left" }, new HostChanged { HostUserId = "owner", Reason = "returned" }],
            changes.Select(publication => publication.Data.Read(WireJson.Default.HostChanged)!));
    }

    [Fact]
    public async Task Should_hand_over_when_the_hosts_page_is_closed_and_was_not_loaded_again()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");

        await room.Main.LeaveAsync(room.Exit("owner") with { Abrupt = true, SaidGoodbye = true });
        await room.AdvanceAsync(TimeSpan.FromSeconds(4));
        Assert.Equal("owner", (await room.ReadAsync("guest")).HostUserId);
        await room.AdvanceAsync(TimeSpan.FromSeconds(2));

        Assert.Equal("guest", (await room.ReadAsync("guest")).HostUserId);
        var changed = Assert.Single((await ListeningRoom.SaidAsync(room.Main)), publication => publication.Event == RoomEvents.HostChanged);
        Assert.Equal(new HostChanged { HostUserId = "guest", Reason = "left" }, changed.Data.Read(WireJson.Default.HostChanged)!);
    }

    [Fact]
    public async Task Should_keep_a_host_whose_page_is_loaded_again()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");

        await room.Main.LeaveAsync(room.Exit("owner") with { Abrupt = true, SaidGoodbye = true });
        await room.AdvanceAsync(TimeSpan.FromSeconds(2));
        await room.JoinAsync("owner");
        await room.AdvanceAsync(TimeSpan.FromMinutes(1));

        Assert.Equal("owner", (await room.ReadAsync("guest")).HostUserId);
        Assert.DoesNotContain(await ListeningRoom.SaidAsync(room.Main), static publication => publication.Event == RoomEvents.HostChanged);
    }

    [Fact]
    public async Task Should_hand_over_on_request()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest", "other");
        ListeningRoom.Done(await room.Grain.TransferHostAsync(room.Command("owner"), "other"));

        ListeningRoom.Done(await room.Grain.TransferHostAsync(room.Command("owner"), "guest"));

        var snapshot = await room.ReadAsync("guest");
        Assert.Equal(("guest", RoomRole.Host), (snapshot.HostUserId, snapshot.MyRole));
        Assert.True(snapshot.Presence.Members.Single(member => member.UserId == "guest").IsHost);
        Assert.Equal(RefusalCode.Forbidden, ListeningRoom.CodeOf(await room.Grain.PauseAsync(room.Command("other"))));
    }

    [Fact]
    public async Task Should_hear_of_everybody_after_a_notice_that_it_cannot_place()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        ListeningRoom.Done(await room.Main.EnterAsync(room.Connection("quiet")));

        await room.Grain.OnPresenceChangedAsync(new PresenceDelta { PreviousVersion = long.MaxValue - 1, Version = long.MaxValue, Joined = [], Left = [] });
        await room.AdvanceAsync(TimeSpan.FromSeconds(3));

        ListeningRoom.Done(await room.Grain.SendChatAsync(room.Command("quiet"), "I am here"));
    }
}
