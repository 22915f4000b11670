using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

[Collection(ClusterTests.Name)]
public sealed class When_a_room_is_closed_to_some(TestCluster cluster)
{
    [Fact]
    public async Task INV_R6_should_take_the_password_of_whoever_comes_and_never_of_the_owner()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner");
        await DoAsync(room, "owner", new UpdateSettings { Password = "sesame" });

        Assert.Equal(RefusalCode.PasswordRequired, await JoinCodeAsync(room, "anna", new JoinRoom()));
        Assert.Equal(RefusalCode.PasswordWrong, await JoinCodeAsync(room, "anna", new JoinRoom { Password = "open" }));
        Assert.Null(await JoinCodeAsync(room, "anna", new JoinRoom { Password = "sesame" }));
        await room.JoinAsync("owner");
    }

    [Fact]
    public async Task INV_R6_should_let_in_by_an_invite_and_count_it_once_for_a_user()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner");
        await DoAsync(room, "owner", new UpdateSettings { Visibility = RoomVisibility.InviteOnly });
        var invite = (await DoAsync(room, "owner", new CreateInvite { ForMs = 60_000, UsesMax = 2, Role = RoomRole.Dj })).Invite;

        Assert.Equal(RefusalCode.InviteInvalid, await JoinCodeAsync(room, "anna", new JoinRoom()));
        Assert.Null(await JoinCodeAsync(room, "anna", new JoinRoom { Invite = invite }));
        Assert.Null(await JoinCodeAsync(room, "anna", new JoinRoom { Invite = invite }));
        Assert.Null(await JoinCodeAsync(room, "bob", new JoinRoom { Invite = invite }));
        Assert.Equal(RefusalCode.InviteUsedUp, await JoinCodeAsync(room, "carl", new JoinRoom { Invite = invite }));
        Assert.Equal(RoomRole.Dj, (await room.ReadAsync("anna")).MyRole);
    }

    [Fact]
    public async Task Should_ask_whoever_gets_a_role_by_an_invite_about_the_song_at_once()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner");
        await DoAsync(room, "owner", new SetPermission { Permission = "voteSkip", Role = RoomRole.Dj });
        var invite = (await DoAsync(room, "owner", new CreateInvite { ForMs = 60_000, UsesMax = 2, Role = RoomRole.Dj })).Invite;
        await room.EnqueueAsync("owner", ListeningRoom.Song(1));

        Assert.Null(await JoinCodeAsync(room, "anna", new JoinRoom { Invite = invite }));
        await room.AdvanceAsync(TimeSpan.FromSeconds(15));

        Assert.Equal(2, (await room.ReadAsync()).Skip.Need);
    }

    [Fact]
    public async Task INV_R4_should_refuse_all_but_leaving_once_closed_and_be_as_it_was_when_opened_again()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "anna");
        await DoAsync(room, "owner", new GrantRole { ToUserId = "anna", Role = RoomRole.Moderator });
        await DoAsync(room, "owner", new CloseRoom { Reason = "good night" });

        Assert.Equal(RefusalCode.RoomClosed, await JoinCodeAsync(room, "owner", new JoinRoom()));
        Assert.Equal(RefusalCode.RoomClosed, ListeningRoom.CodeOf(await room.Grain.SendChatAsync(room.Command("anna"), "hello")));
        ListeningRoom.Done(await room.Grain.LeaveAsync(room.Command("anna"), "anna-1"));
        await Eventually.UntilAsync(
            () =>
            {
                // Not an answer of before.
                cluster.Time.Advance(TimeSpan.FromSeconds(1));
                return cluster.Grains.GetGrain<IRoomDirectoryGrain>(IRoomDirectoryGrain.Key).ListAsync(100);
            },
            page => page.Rooms.All(listed => listed.RoomId != room.Id));

        await DoAsync(room, "owner", new ReopenRoom());
        Assert.Equal(RoomRole.Moderator, (await room.JoinAsync("anna")).MyRole);
    }

    [Fact]
    public async Task Should_take_as_many_as_it_is_set_to_and_those_who_keep_order_besides()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "anna");
        await DoAsync(room, "owner", new GrantRole { ToUserId = "mod", Role = RoomRole.Moderator });
        await DoAsync(room, "owner", new UpdateSettings { MembersMax = 2 });

        Assert.Equal(RefusalCode.RoomFull, await JoinCodeAsync(room, "bob", new JoinRoom()));
        await room.JoinAsync("mod");
    }

    [Fact]
    public async Task Should_let_members_speak_every_so_often()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "anna");
        await DoAsync(room, "owner", new UpdateSettings { SlowModeSeconds = 30 });
        ListeningRoom.Done(await room.Grain.SendChatAsync(room.Command("anna"), "one"));

        var refusal = (await room.Grain.SendChatAsync(room.Command("anna"), "two")).Refusal!;

        Assert.Equal(RefusalCode.SlowMode, refusal.Code);
        Assert.InRange(refusal.RetryAfterMs!.Value, 1, 30_000);
        ListeningRoom.Done(await room.Grain.SendChatAsync(room.Command("owner"), "three"));
        ListeningRoom.Done(await room.Grain.SendChatAsync(room.Command("owner"), "four"));
    }

    private static async Task<RoomReceipt> DoAsync(ListeningRoom room, string by, RoomAction action) =>
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command(by) with { Action = action }));

    private static async Task<string?> JoinCodeAsync(ListeningRoom room, string userId, JoinRoom join) =>
        ListeningRoom.CodeOf(await room.Grain.JoinAsync(room.Command(userId) with { Action = join }, room.Connection(userId)));
}
