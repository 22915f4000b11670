using WhatsSound.Publications;

namespace WhatsSound.Tests.Grains.Channels;

[Collection(ClusterTests.Name)]
public sealed class When_publishing(TestCluster cluster)
{
    [Fact]
    public async Task Should_number_publications_from_one_without_gap()
    {
        var channel = Channel.New(cluster);

        var first = await channel.PublishAsync("a");
        var second = await channel.PublishAsync("b");

        Assert.Equal(1, first.Position.Offset);
        Assert.Equal(first.Position with { Offset = 2 }, second.Position);
        Assert.Equal(cluster.NowMs, second.TimeMs);
    }

    [Fact]
    public async Task Should_deliver_each_publication_once_and_in_order()
    {
        var channel = Channel.New(cluster);
        var gateway = await channel.AttachAsync();

        await channel.PublishAsync(100);
        await gateway.UntilOffsetAsync(channel.Name, 100);

        Assert.Equal(Enumerable.Range(1, 100).Select(offset => (long)offset), gateway.Publications.Select(publication => publication.Offset));
        Assert.Equal("\"p1\"", gateway.Publications[0].Data.ToString());
    }

    [Fact]
    public async Task Should_chain_frames_by_their_previous_offset()
    {
        var channel = Channel.New(cluster);
        var gateway = await channel.AttachAsync();

        await channel.PublishAsync(20);
        await gateway.UntilOffsetAsync(channel.Name, 20);

        var head = 0L;
        foreach (var frame in gateway.Frames)
        {
            Assert.Equal(head, frame.PreviousOffset);
            head = frame.HeadOffset;
        }
    }

    [Fact]
    public async Task Should_give_the_same_answer_to_the_same_id()
    {
        var channel = Channel.New(cluster);
        var gateway = await channel.AttachAsync();

        var first = await channel.PublishAsync("same");
        var again = await channel.PublishAsync("same");
        var next = await channel.PublishAsync("next");
        await gateway.UntilOffsetAsync(channel.Name, 2);

        Assert.Equal(first, again);
        Assert.Equal(2, next.Position.Offset);
        Assert.Equal(["same", "next"], gateway.Publications.Select(publication => publication.Id));
    }

    [Fact]
    public async Task Should_tell_the_ids_of_two_publishers_apart()
    {
        var channel = Channel.New(cluster);

        var anns = await channel.PublishAsync("1", publisher: "ann");
        var bobs = await channel.PublishAsync("1", publisher: "bob");

        Assert.NotEqual(anns.Position, bobs.Position);
    }

    [Fact]
    public async Task Should_forget_a_users_id_after_two_minutes()
    {
        var channel = Channel.New(cluster);
        var first = await channel.PublishAsync("again", publisher: "ann");

        cluster.Time.Advance(TimeSpan.FromSeconds(121));
        var later = await channel.PublishAsync("again", publisher: "ann");

        Assert.Equal(first.Position.Offset + 1, later.Position.Offset);
    }

    [Theory]
    [InlineData("", "said", null, "id")]
    [InlineData("id", "", null, "event")]
    [InlineData("id", "said", "", "key")]
    [InlineData("i\0d", "said", null, "id")]
    [InlineData("id", "sa\nid", null, "event")]
    [InlineData("id", "said", "k\u007fey", "key")]
    [InlineData("a very long id, of more than the sixty-four characters that it may have", "said", null, "id")]
    public async Task Should_refuse_what_is_malformed(string id, string @event, string? key, string field)
    {
        var channel = Channel.New(cluster);

        var answer = await channel.Grain.PublishAsync(new() { Id = id, Event = @event, Key = key });

        Assert.Equal((RefusalCode.BadRequest, field), (answer.Refusal!.Code, answer.Refusal.Detail));
        Assert.Equal(0, (await channel.HeadAsync()).Offset);
    }

    [Fact]
    public async Task Should_refuse_what_is_too_large()
    {
        var channel = Channel.New(cluster);

        var answer = await channel.Grain.PublishAsync(new() { Id = "large", Event = "said", Data = new(new byte[64 * 1024 + 1]) });

        Assert.Equal(RefusalCode.PayloadTooLarge, answer.Refusal!.Code);
    }

    [Fact]
    public async Task Should_refuse_a_presence_event_of_somebody_else()
    {
        var channel = Channel.New(cluster, "room:*");

        var answer = await channel.Grain.PublishAsync(new() { Id = "forged", Event = "presence" });

        Assert.Equal(RefusalCode.BadRequest, answer.Refusal!.Code);
    }

    [Fact]
    public async Task Should_send_batched_publications_in_frames_of_ten()
    {
        var channel = Channel.New(cluster, "room:*:chat");
        var gateway = await channel.AttachAsync();

        await channel.PublishAsync(11);
        await gateway.UntilOffsetAsync(channel.Name, 11);
        await channel.PublishAsync(3);
        await channel.AdvanceAsync(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
        await gateway.UntilOffsetAsync(channel.Name, 14);

        Assert.Equal([1, 10, 3], gateway.Frames.Select(frame => frame.Publications.Length));
        Assert.All(gateway.Frames, frame => Assert.Equal(DeliveryClass.Ordered, frame.Class));
    }
}
