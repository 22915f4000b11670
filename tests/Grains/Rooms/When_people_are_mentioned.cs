using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

[Collection(ClusterTests.Name)]
public sealed class When_people_are_mentioned(TestCluster cluster)
{
    [Fact]
    public async Task Should_tell_them_once_wherever_they_are()
    {
        var (ben, cleo) = ($"ben-{Guid.NewGuid():N}", $"cleo-{Guid.NewGuid():N}");
        var room = await ListeningRoom.OpenAsync(cluster, "owner", ben, cleo);
        var command = room.Command("owner") with { Action = new SendChat { Text = "hello", Mentions = [ben, cleo, "owner"] } };

        var offset = ListeningRoom.Done(await room.Talk.ActAsync(command)).Position!.Value.Offset;
        ListeningRoom.Done(await room.Talk.ActAsync(command));
        await cluster.DeactivateAsync(room.Talk);
        await room.SayAsync("owner", "after a crash");

        foreach (var userId in (string[])[ben, cleo])
        {
            var told = Assert.Single(await NoticesAsync(userId, 1));
            Assert.Equal(("mention", PublisherKind.Room, room.Id), (told.Event, told.PublisherKind, told.Publisher));
            Assert.Equal(new MentionNotice { RoomId = room.Id, Offset = offset, ByUserId = "owner", DisplayName = "owner" }, told.Data.Read(WireJson.Default.MentionNotice));
        }

        Assert.Equal([ben, cleo, "owner"], ListeningRoom.MessageOf((await room.PageAsync(ben)).Lines[0]).Mentions!.Value);
    }

    [Fact]
    public async Task Should_refuse_whom_the_room_does_not_have_and_more_than_ten()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");

        var stranger = (await room.TalkAsync("owner", new SendChat { Text = "hello", Mentions = ["guest", "stranger"] })).Refusal!;
        var many = (await room.TalkAsync("owner", new SendChat { Text = "hello", Mentions = [.. Enumerable.Range(0, 11).Select(number => $"{number}")] })).Refusal!;
        var twice = (await room.TalkAsync("owner", new SendChat { Text = "hello", Mentions = ["guest", "guest"] })).Refusal!;

        Assert.Equal((RefusalCode.NotMember, "stranger"), (stranger.Code, stranger.Detail));
        Assert.Equal((RefusalCode.BadRequest, "mentions"), (many.Code, many.Detail));
        Assert.Equal((RefusalCode.BadRequest, "mentions"), (twice.Code, twice.Detail));
        Assert.Empty((await room.PageAsync("owner")).Lines);
    }

    [Fact]
    public async Task Should_let_everybody_be_mentioned_by_who_may()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");

        var refused = (await room.TalkAsync("guest", new SendChat { Text = "hello all", MentionsEveryone = true })).Refusal!;
        ListeningRoom.Done(await room.TalkAsync("owner", new SendChat { Text = "hello all", MentionsEveryone = true }));

        Assert.Equal((RefusalCode.Forbidden, "host"), (refused.Code, refused.Detail));
        Assert.True(ListeningRoom.MessageOf(Assert.Single((await room.PageAsync("guest")).Lines)).MentionsEveryone);
    }

    [Fact]
    public async Task Should_reply_to_what_is_there_only()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        var first = await room.SayAsync("owner", "one");
        var gone = await room.SayAsync("owner", "two");
        var change = ListeningRoom.Done(await room.TalkAsync("owner", new DeleteChat { Offset = gone })).Position!.Value.Offset;

        foreach (var offset in (long[])[gone, change, 77])
            Assert.Equal((RefusalCode.MessageNotFound, $"{offset}"), Refused(await room.TalkAsync("guest", new SendChat { Text = "what?", ReplyTo = offset })));
        ListeningRoom.Done(await room.TalkAsync("guest", new SendChat { Text = "what?", ReplyTo = first }));

        Assert.Equal(first, ListeningRoom.MessageOf((await room.PageAsync("owner")).Lines[^1]).ReplyTo);
    }

    [Fact]
    public async Task Should_let_links_be_posted_by_who_may()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        await room.SayAsync("guest", "https://a.example");
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new SetPermission { Permission = "postLinks", Role = RoomRole.Dj } }));

        Assert.Equal((RefusalCode.Forbidden, "dj"), Refused(await room.TalkAsync("guest", new SendChat { Text = "see www.a.example" })));
        Assert.Equal((RefusalCode.Forbidden, "dj"), Refused(await room.TalkAsync("guest", new EditChat { Offset = 1, Text = "or http://b.example" })));
        await room.SayAsync("guest", "no link");
        await room.SayAsync("owner", "https://a.example");

        Assert.Equal([new LinkSpan(0, 17)], ListeningRoom.MessageOf((await room.PageAsync("owner")).Lines[^1]).Links!.Value);
    }

    private Task<ImmutableArray<Publication>> NoticesAsync(string userId, int count) => Eventually.UntilAsync(
        async () => (await cluster.Grains.GetChannel($"user:{userId}:notifications").RecoverAsync(new RecoverRequest { RewindCount = 100 })).Publications,
        told => told.Length >= count);

    private static (string? Code, string? Detail) Refused(Answer<RoomReceipt> answer) => (answer.Refusal?.Code, answer.Refusal?.Detail);
}
