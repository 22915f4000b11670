using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

[Collection(ClusterTests.Name)]
public sealed class When_messages_are_changed(TestCluster cluster)
{
    [Fact]
    public async Task Should_tell_everybody_and_show_the_newest_to_who_comes_later()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        var offset = await room.SayAsync("guest", "helo");
        await room.SayAsync("owner", "hm?");

        var receipt = ListeningRoom.Done(await room.TalkAsync("guest", new EditChat { Offset = offset, Text = "hello" }));

        var said = await ListeningRoom.SaidAsync(room.Chat);
        var change = said.Single(publication => publication.Event == "chatChanged");
        Assert.Equal((receipt.Position!.Value.Offset, "guest"), (change.Offset, change.Publisher));
        var changed = change.Data.Read(WireJson.Default.ChatChange)!;
        Assert.Equal((offset, "guest", "hello", cluster.NowMs), (changed.Offset, changed.AuthorId, changed.Message.Text, changed.Message.EditedAtMs));
        foreach (var lines in (IEnumerable<Publication>[])[(await room.JoinAsync("late")).Chat, (await room.PageAsync("owner")).Lines])
            Assert.Equal([(offset, "hello"), (offset + 1, "hm?")], lines.Select(line => (line.Offset, ListeningRoom.MessageOf(line).Text)));
    }

    [Fact]
    public async Task Should_be_taken_back_by_who_keeps_order_as_fast_as_anybody_speaks_also_when_the_chat_is_read_again()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "anna", "bob");
        var offsets = new List<long>();
        foreach (var author in new[] { "anna", "bob" })
        {
            for (var i = 0; i < 4; i++)
                offsets.Add(await room.SayAsync(author, "spam"));
        }

        foreach (var offset in offsets.Take(5))
            ListeningRoom.Done(await room.TalkAsync("owner", new DeleteChat { Offset = offset }));
        Assert.Equal(RefusalCode.RateLimited, ListeningRoom.CodeOf(await room.TalkAsync("owner", new DeleteChat { Offset = offsets[5] })));

        // What is not acknowledged has the chat read again what was said.
        cluster.Log.Fail(RoomId.ChatOf(room.Id), LogFault.BeforeAppend);
        Assert.Equal(RefusalCode.Timeout, ListeningRoom.CodeOf(await room.TalkAsync("anna", new SendChat { Text = "lost" })));
        cluster.Log.Fail(RoomId.ChatOf(room.Id), LogFault.None);
        Assert.Equal(RefusalCode.RateLimited, ListeningRoom.CodeOf(await room.TalkAsync("owner", new DeleteChat { Offset = offsets[5] })));

        await room.AdvanceAsync(TimeSpan.FromSeconds(1));
        ListeningRoom.Done(await room.TalkAsync("owner", new DeleteChat { Offset = offsets[5] }));
    }

    [Fact]
    public async Task Should_show_the_newest_after_a_crash_though_the_change_was_not_acknowledged()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var offset = await room.SayAsync("owner", "one");
        var edit = room.Command("owner") with { Action = new EditChat { Offset = offset, Text = "two" } };
        cluster.Log.Fail(RoomId.ChatOf(room.Id), LogFault.AfterAppend);
        Assert.Equal(RefusalCode.Timeout, ListeningRoom.CodeOf(await room.Talk.ActAsync(edit)));
        cluster.Log.Fail(RoomId.ChatOf(room.Id), LogFault.None);

        // What the channel has in memory is of before.
        var again = ListeningRoom.Done(await room.Talk.ActAsync(edit));

        Assert.Equal(2, again.Position!.Value.Offset);
        Assert.Equal("two", ListeningRoom.MessageOf(Assert.Single((await room.ReadAsync()).Chat)).Text);
        Assert.Equal("two", ListeningRoom.MessageOf(Assert.Single((await room.PageAsync("owner")).Lines)).Text);
    }

    [Fact]
    public async Task Should_be_answered_by_its_number_though_what_was_taken_back_was_not_acknowledged()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        var offset = await room.SayAsync("guest", "spam");
        var delete = room.Command("guest") with { Action = new DeleteChat { Offset = offset } };
        cluster.Log.Fail(RoomId.ChatOf(room.Id), LogFault.AfterAppend);
        Assert.Equal(RefusalCode.Timeout, ListeningRoom.CodeOf(await room.Talk.ActAsync(delete)));
        cluster.Log.Fail(RoomId.ChatOf(room.Id), LogFault.None);

        var again = ListeningRoom.Done(await room.Talk.ActAsync(delete));

        Assert.Equal(offset + 1, again.Position!.Value.Offset);
        Assert.Equal(2, cluster.Log.KeptOf(RoomId.ChatOf(room.Id)).Count);
        Assert.Equal(RefusalCode.MessageNotFound, ListeningRoom.CodeOf(await room.TalkAsync("guest", new DeleteChat { Offset = offset })));
    }

    [Fact]
    public async Task Should_leave_the_number_of_what_was_taken_back_and_nothing_of_what_was_said()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        var offset = await room.SayAsync("guest", "a secret");
        await room.SayAsync("owner", "what?");

        ListeningRoom.Done(await room.TalkAsync("guest", new DeleteChat { Offset = offset }));

        var lines = (await room.JoinAsync("late")).Chat;
        Assert.Equal([offset, offset + 1], lines.Select(line => line.Offset));
        Assert.Equal(new ChatMessage { Text = "", DisplayName = "guest", IsDeleted = true }, ListeningRoom.MessageOf(lines[0]));
        Assert.DoesNotContain(await ListeningRoom.SaidAsync(room.Chat), publication => publication.Data.ToString().Contains("secret", StringComparison.Ordinal));
        Assert.DoesNotContain(cluster.Log.KeptOf(RoomId.ChatOf(room.Id)), publication => publication.Data.ToString().Contains("secret", StringComparison.Ordinal));
        Assert.Equal(RefusalCode.MessageNotFound, ListeningRoom.CodeOf(await room.TalkAsync("guest", new EditChat { Offset = offset, Text = "again" })));
        Assert.Equal(RefusalCode.MessageNotFound, ListeningRoom.CodeOf(await room.TalkAsync("guest", new DeleteChat { Offset = offset })));
    }

    [Fact]
    public async Task Should_leave_nothing_of_what_was_said_in_earlier_changes()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        var offset = await room.SayAsync("guest", "one");
        var other = await room.SayAsync("guest", "two");
        ListeningRoom.Done(await room.TalkAsync("guest", new EditChat { Offset = offset, Text = "a secret" }));
        ListeningRoom.Done(await room.TalkAsync("guest", new EditChat { Offset = other, Text = "no matter" }));
        await room.AdvanceAsync(TimeSpan.FromSeconds(10));
        ListeningRoom.Done(await room.TalkAsync("guest", new EditChat { Offset = offset, Text = "nothing" }));

        foreach (var said in (IEnumerable<Publication>[])[await ListeningRoom.SaidAsync(room.Chat), cluster.Log.KeptOf(RoomId.ChatOf(room.Id))])
            Assert.Equal(["nothing", "no matter", "nothing", "no matter", "nothing"], said.Select(TextOf));

        ListeningRoom.Done(await room.TalkAsync("owner", new DeleteChat { Offset = offset }));
        await cluster.DeactivateAsync(room.Talk);

        foreach (var said in (IEnumerable<Publication>[])[await ListeningRoom.SaidAsync(room.Chat), cluster.Log.KeptOf(RoomId.ChatOf(room.Id))])
            Assert.Equal(["", "no matter", "", "no matter", "", ""], said.Select(TextOf));
        await room.SayAsync("guest", "again");
        Assert.Equal("owner", Assert.Single(await DeletionsAsync(room)).ByUserId);
    }

    [Fact]
    public async Task Should_be_done_by_the_author_for_a_quarter_of_an_hour()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        var offset = await room.SayAsync("guest", "one");
        await room.AdvanceAsync(TimeSpan.FromMinutes(15));
        ListeningRoom.Done(await room.TalkAsync("guest", new EditChat { Offset = offset, Text = "two" }));
        await room.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(RefusalCode.MessageTooOld, ListeningRoom.CodeOf(await room.TalkAsync("guest", new EditChat { Offset = offset, Text = "three" })));
        Assert.Equal(RefusalCode.MessageTooOld, ListeningRoom.CodeOf(await room.TalkAsync("guest", new DeleteChat { Offset = offset })));
    }

    [Fact]
    public async Task Should_be_done_by_who_may_and_stands_above_and_noted()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "moderator", "guest");
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new GrantRole { ToUserId = "moderator", Role = RoomRole.Moderator } }));
        var guests = await room.SayAsync("guest", "spam");
        var owners = await room.SayAsync("owner", "hello");
        await room.AdvanceAsync(TimeSpan.FromMinutes(16));

        Assert.Equal((RefusalCode.Forbidden, "moderator"), Refused(await room.TalkAsync("guest", new DeleteChat { Offset = owners })));
        Assert.Equal((RefusalCode.TargetRankTooHigh, "owner"), Refused(await room.TalkAsync("moderator", new DeleteChat { Offset = owners })));
        Assert.Equal((RefusalCode.Forbidden, "author"), Refused(await room.TalkAsync("moderator", new EditChat { Offset = guests, Text = "ham" })));
        var command = room.Command("moderator") with { Action = new DeleteChat { Offset = guests } };
        var receipt = ListeningRoom.Done(await room.Talk.ActAsync(command));
        Assert.Equal(receipt, ListeningRoom.Done(await room.Talk.ActAsync(command)));

        Assert.Equal("moderator", ListeningRoom.MessageOf((await room.PageAsync("owner")).Lines[0]).DeletedByUserId);
        var noted = Assert.Single(await DeletionsAsync(room));
        Assert.Equal(("moderator", "guest", $"{guests}"), (noted.ByUserId, noted.UserId, noted.Detail));
    }

    [Fact]
    public async Task Should_be_taken_back_by_an_author_who_is_muted_and_not_said_anew()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        var offset = await room.SayAsync("guest", "spam");
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new ApplySanction { UserId = "guest", Kind = SanctionKind.Mute } }));

        Assert.Equal(RefusalCode.Muted, ListeningRoom.CodeOf(await room.TalkAsync("guest", new EditChat { Offset = offset, Text = "more spam" })));
        ListeningRoom.Done(await room.TalkAsync("guest", new DeleteChat { Offset = offset }));
    }

    [Fact]
    public async Task Should_note_once_what_was_taken_back_before_a_crash()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        var offset = await room.SayAsync("guest", "spam");
        var command = room.Command("owner") with { Action = new DeleteChat { Offset = offset } };

        // The chat has it in the log, and the room cannot note it.
        cluster.Journal.FailAppends(1);
        ListeningRoom.Done(await room.Talk.ActAsync(command));
        Assert.Empty(await DeletionsAsync(room));
        await cluster.DeactivateAsync(room.Talk);

        ListeningRoom.Done(await room.Talk.ActAsync(command));
        ListeningRoom.Done(await room.Talk.ActAsync(command));

        Assert.Single(await DeletionsAsync(room));
    }

    private static string TextOf(Publication said) => said.Event == "chat" ? ListeningRoom.MessageOf(said).Text : said.Data.Read(WireJson.Default.ChatChange)!.Message.Text;

    private static async Task<IEnumerable<RoomRecord>> DeletionsAsync(ListeningRoom room) =>
        ListeningRoom.Done(await room.Grain.ReadRecordsAsync("owner", new RoomRecordsRequest { Kind = RoomRecordKind.Log, CountMax = 100 })).Records.Where(record => record.Action == "deleteChat");

    private static (string? Code, string? Detail) Refused(Answer<RoomReceipt> answer) => (answer.Refusal?.Code, answer.Refusal?.Detail);
}
