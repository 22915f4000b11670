using WhatsSound.Channels;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

[Collection(ClusterTests.Name)]
public sealed class When_a_member_is_sanctioned(TestCluster cluster)
{
    [Fact]
    public async Task INV_M7_should_get_in_by_no_call_once_banned()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "troll");
        await room.EnqueueAsync("owner", ListeningRoom.Song(1), ListeningRoom.Song(2));
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new GrantRole { ToUserId = "troll", Role = RoomRole.CoHost } }));
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new SetPermission { Permission = "reopenRoom", Role = RoomRole.CoHost } }));
        await ApplyAsync(room, "owner", "troll", SanctionKind.Ban, reason: "shouting");

        string?[] codes =
        [
            ListeningRoom.CodeOf(await room.Grain.JoinAsync(room.Command("troll"), room.Connection("troll", "troll-2"))),
            ListeningRoom.CodeOf(await room.Grain.GetSnapshotAsync("troll")),
            ListeningRoom.CodeOf(await room.Grain.SendChatAsync(room.Command("troll"), "still here")),
            ListeningRoom.CodeOf(await room.Grain.EnqueueAsync(room.Command("troll"), [ListeningRoom.Song(3)])),
            ListeningRoom.CodeOf(await room.Grain.ReportEndedAsync("troll", "any")),
            ListeningRoom.CodeOf(await room.Grain.ReadRecordsAsync("troll", new RoomRecordsRequest { Kind = RoomRecordKind.Log })),
            ListeningRoom.CodeOf(await room.Grain.GetPlaysAsync("troll", new RoomPlaysRequest { CountMax = 1, IsExport = true })),
            ListeningRoom.CodeOf(await room.Grain.ActAsync(room.Command("troll") with { Action = new ReopenRoom() })),
        ];

        Assert.All(codes, code => Assert.Equal(RefusalCode.Banned, code));
        Assert.Equal("shouting", (await room.Grain.GetSnapshotAsync("troll")).Refusal!.Detail);
        Assert.Empty(await ListeningRoom.SaidAsync(room.Chat));
        ListeningRoom.Done(await room.Grain.LeaveAsync(room.Command("troll"), "troll-1"));
    }

    [Fact]
    public async Task INV_M7_should_be_back_when_the_time_is_over_though_the_room_was_away_meanwhile()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "troll");
        await ApplyAsync(room, "owner", "troll", SanctionKind.Kick);
        room.Lose("troll");
        var tooEarly = (await room.Grain.JoinAsync(room.Command("troll"), room.Connection("troll", "troll-2"))).Refusal!;
        room.Lose("troll");

        await room.AdvanceAsync(TimeSpan.FromSeconds(61));

        Assert.Equal((RefusalCode.Kicked, true), (tooEarly.Code, tooEarly.Retryable));
        Assert.InRange(tooEarly.RetryAfterMs!.Value, 50_000, 60_000);
        await room.JoinAsync("troll");
    }

    [Fact]
    public async Task Should_come_in_anew_though_the_kick_is_lifted_before_they_are_seen_to_be_gone()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "troll");
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new UpdateSettings { IsJoinLocked = true } }));
        await ApplyAsync(room, "owner", "troll", SanctionKind.Kick);
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new LiftSanction { UserId = "troll", Kind = SanctionKind.Kick } }));

        Assert.Equal(RefusalCode.NotMember, ListeningRoom.CodeOf(await room.Grain.SendChatAsync(room.Command("troll"), "still here")));
        Assert.Equal(RefusalCode.NotMember, ListeningRoom.CodeOf(await room.Grain.GetSnapshotAsync("troll")));
        Assert.Equal(RefusalCode.NotMember, ListeningRoom.CodeOf(await room.Grain.ActAsync(room.Command("owner") with { Action = new TransferHost { ToUserId = "troll" } })));
        Assert.Equal(RefusalCode.RoomLocked, ListeningRoom.CodeOf(await room.Grain.JoinAsync(room.Command("troll"), room.Connection("troll", "troll-2"))));

        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new UpdateSettings { IsJoinLocked = false } }));
        ListeningRoom.Done(await room.Grain.JoinAsync(room.Command("troll"), room.Connection("troll", "troll-2")));
        ListeningRoom.Done(await room.Grain.SendChatAsync(room.Command("troll"), "back"));
    }

    [Fact]
    public async Task Should_not_be_waited_for_by_those_who_have_voted()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "a", "b", "c", "troll");
        var songs = await room.EnqueueAsync("owner", ListeningRoom.Song(1), ListeningRoom.Song(2));
        await room.AdvanceAsync(TimeSpan.FromSeconds(15));
        ListeningRoom.Done(await room.Grain.VoteSkipAsync(room.Command("a"), songs[0], isOn: true));
        ListeningRoom.Done(await room.Grain.VoteSkipAsync(room.Command("b"), songs[0], isOn: true));
        Assert.Equal(songs[0], (await room.ReadAsync()).Playback.EntryId);

        await ApplyAsync(room, "owner", "troll", SanctionKind.Timeout, 60_000);

        Assert.Equal(songs[1], (await room.ReadAsync()).Playback.EntryId);
    }

    [Fact]
    public async Task Should_be_told_with_the_reason_and_the_room_without_it()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "troll");
        var userId = $"troll-{room.Id}";
        await ApplyAsync(room, "owner", userId, SanctionKind.Mute, 60_000, "shouting");

        var notices = await Eventually.UntilAsync(() => ListeningRoom.SaidAsync(cluster.Grains.GetChannel($"user:{userId}:notifications")), static said => !said.IsEmpty);
        var told = Assert.Single(notices).Data.Read(WireJson.Default.SanctionNotice)!;
        var public_ = Assert.Single(await ListeningRoom.SaidAsync(room.Main), publication => publication.Event == RoomEvents.Sanction).Data.Read(WireJson.Default.SanctionNotice)!;

        Assert.Equal(("shouting", room.Id, SanctionKind.Mute), (told.Reason, told.RoomId, told.Kind));
        Assert.Equal(told with { Reason = null }, public_);
    }

    [Fact]
    public async Task Should_find_the_own_sanctions_in_the_snapshot()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "troll");
        await ApplyAsync(room, "owner", "troll", SanctionKind.Mute, 60_000, "shouting");

        var mine = Assert.Single((await room.ReadAsync("troll")).MySanctions);

        Assert.Equal((SanctionKind.Mute, "shouting"), (mine.Kind, mine.Reason));
        Assert.Empty((await room.ReadAsync("owner")).MySanctions);
        var refusal = (await room.Grain.SendChatAsync(room.Command("troll"), "hello")).Refusal!;
        Assert.Equal((RefusalCode.Muted, "shouting"), (refusal.Code, refusal.Detail));
    }

    [Fact]
    public async Task Should_be_the_only_one_to_get_what_they_say_when_muted_in_the_shadow()
    {
        var room = await MutedInTheShadowAsync(cluster);
        var said = await room.SayAsync("owner", "welcome");
        var command = room.Command("troll");
        var receipt = ListeningRoom.Done(await room.Grain.SendChatAsync(command, "hello"));

        Assert.Equal(receipt, ListeningRoom.Done(await room.Grain.SendChatAsync(command, "hello")));
        Assert.Equal(said + 1, receipt.Position!.Value.Offset);
        Assert.Equal(["welcome", "hello"], await TextsAsync(room, "troll"));
        Assert.Equal(["welcome"], await TextsAsync(room, "owner"));
        Assert.Equal(["welcome", "hello"], TextsOf((await room.ReadAsync("troll")).Chat));
        Assert.Equal(["welcome"], TextsOf((await room.ReadAsync()).Chat));
        Assert.DoesNotContain(await ListeningRoom.SaidAsync(room.Main), publication => publication.Event == RoomEvents.Sanction);
    }

    [Fact]
    public async Task Should_be_the_only_one_who_can_do_anything_to_it_when_muted_in_the_shadow()
    {
        var room = await MutedInTheShadowAsync(cluster);
        var before = ListeningRoom.Done(await room.TalkAsync("troll", new SendChat { Text = "hello" })).Position!.Value.Offset;

        Assert.Equal(RefusalCode.MessageNotFound, ListeningRoom.CodeOf(await room.TalkAsync("owner", new SendChat { Text = "what?", ReplyTo = before })));
        Assert.Equal(RefusalCode.MessageNotFound, ListeningRoom.CodeOf(await room.TalkAsync("owner", new DeleteChat { Offset = before })));
        ListeningRoom.Done(await room.TalkAsync("troll", new EditChat { Offset = before, Text = "hello?" }));
        Assert.Equal(["hello?"], await TextsAsync(room, "troll"));
        ListeningRoom.Done(await room.TalkAsync("troll", new DeleteChat { Offset = before }));
        Assert.Equal([""], await TextsAsync(room, "troll"));
        Assert.Empty(await TextsAsync(room, "owner"));
        Assert.All(await ListeningRoom.SaidAsync(room.Chat), static publication => Assert.Equal("troll", publication.Own?.UserId));
    }

    [Fact]
    public async Task Should_change_for_nobody_else_what_all_have_when_muted_in_the_shadow()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "troll");
        var said = await room.SayAsync("troll", "nice");
        await AllowAsync(room);
        await ApplyAsync(room, "owner", "troll", SanctionKind.ShadowMute);

        ListeningRoom.Done(await room.TalkAsync("troll", new EditChat { Offset = said, Text = "ugly" }));

        Assert.Equal(["nice"], await TextsAsync(room, "owner"));
        Assert.Equal("troll", (await ListeningRoom.SaidAsync(room.Chat))[^1].OnlyFor);
        ListeningRoom.Done(await room.TalkAsync("troll", new DeleteChat { Offset = said }));
        Assert.Equal([""], await TextsAsync(room, "owner"));
        Assert.Equal([""], await TextsAsync(room, "troll"));
    }

    [Fact]
    public async Task Should_have_changed_for_themselves_wherever_they_look_when_muted_in_the_shadow()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "troll");
        var said = await room.SayAsync("troll", "nice");
        await AllowAsync(room);
        await ApplyAsync(room, "owner", "troll", SanctionKind.ShadowMute);
        ListeningRoom.Done(await room.TalkAsync("troll", new EditChat { Offset = said, Text = "ugly" }));

        foreach (var lines in new[] { (await room.PageAsync("troll")).Lines, (await room.ReadAsync("troll")).Chat })
            Assert.Equal(("ugly", true), ListeningRoom.MessageOf(Assert.Single(lines)) is var message ? (message.Text, message.EditedAtMs is not null) : default);
        foreach (var lines in new[] { (await room.PageAsync("owner")).Lines, (await room.ReadAsync()).Chat })
            Assert.Equal(("nice", false), ListeningRoom.MessageOf(Assert.Single(lines)) is var message ? (message.Text, message.EditedAtMs is not null) : default);

        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new LiftSanction { UserId = "troll", Kind = SanctionKind.ShadowMute } }));
        ListeningRoom.Done(await room.TalkAsync("troll", new EditChat { Offset = said, Text = "fine" }));
        foreach (var userId in new[] { "owner", "troll" })
            Assert.Equal(["fine"], await TextsAsync(room, userId));
    }

    [Fact]
    public async Task Should_be_heard_again_when_the_shadow_mute_is_lifted_and_not_what_was_said_before()
    {
        var room = await MutedInTheShadowAsync(cluster);
        var command = room.Command("troll") with { Action = new SendChat { Text = "hello" } };
        var receipt = ListeningRoom.Done(await room.Talk.ActAsync(command));
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new LiftSanction { UserId = "troll", Kind = SanctionKind.ShadowMute } }));

        Assert.Equal(receipt, ListeningRoom.Done(await room.Talk.ActAsync(command)));
        var before = receipt.Position!.Value.Offset;
        ListeningRoom.Done(await room.TalkAsync("troll", new SendChat { Text = "as I said", ReplyTo = before }));
        ListeningRoom.Done(await room.Talk.ReportAsync("troll", null, new React { Emoji = "\u2764\uFE0F", Offset = before }));
        Assert.Equal(RefusalCode.MessageNotFound, ListeningRoom.CodeOf(await room.Talk.ReportAsync("owner", null, new React { Emoji = "\u2764\uFE0F", Offset = before })));
        await room.SayAsync("troll", "again");
        Assert.Equal(["as I said", "again"], await TextsAsync(room, "owner"));
        Assert.Equal(["hello", "as I said", "again"], await TextsAsync(room, "troll"));
    }

    [Fact]
    public async Task Should_be_said_again_as_long_as_somebody_who_is_out_is_still_here()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "troll");
        await ApplyAsync(room, "owner", "troll", SanctionKind.Ban);

        await room.AdvanceAsync(TimeSpan.FromSeconds(16));

        Assert.True((await ListeningRoom.SaidAsync(room.Main)).Count(publication => publication.Event == RoomEvents.Sanction) > 1);
    }

    [Fact]
    public async Task Should_let_only_those_who_keep_order_read_what_was_done()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "anna", "troll");
        await ApplyAsync(room, "owner", "troll", SanctionKind.Mute);

        Assert.Equal(RefusalCode.Forbidden, ListeningRoom.CodeOf(await room.Grain.ReadRecordsAsync("anna", new RoomRecordsRequest { Kind = RoomRecordKind.Log })));
        var records = ListeningRoom.Done(await room.Grain.ReadRecordsAsync("owner", new RoomRecordsRequest { Kind = RoomRecordKind.Sanctions })).Records;
        Assert.Equal(("mute", "troll", "owner"), Assert.Single(records) is var record ? (record.Action, record.UserId, record.ByUserId) : default);
    }

    private static async Task<ListeningRoom> MutedInTheShadowAsync(TestCluster cluster)
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "troll");
        await AllowAsync(room);
        await ApplyAsync(room, "owner", "troll", SanctionKind.ShadowMute);
        return room;
    }

    private static async Task AllowAsync(ListeningRoom room) =>
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new UpdateSettings { AllowsShadowMute = true } }));

    private static async Task<IEnumerable<string>> TextsAsync(ListeningRoom room, string userId) =>
        TextsOf((await room.PageAsync(userId)).Lines);

    private static IEnumerable<string> TextsOf(IEnumerable<Publication> lines) => [.. lines.Select(static line => ListeningRoom.MessageOf(line).Text)];

    private static async Task ApplyAsync(ListeningRoom room, string by, string userId, SanctionKind kind, long? forMs = null, string? reason = null) =>
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command(by) with { Action = new ApplySanction { Kind = kind, UserId = userId, ForMs = forMs, Reason = reason } }));
}
