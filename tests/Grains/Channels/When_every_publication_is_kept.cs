using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Grains.Channels;

[Collection(ClusterTests.Name)]
public sealed class When_every_publication_is_kept(TestCluster cluster)
{
    private readonly Channel _channel = Channel.New(cluster, "room:*:chat");

    [Fact]
    public async Task Should_have_it_in_the_log_before_the_answer()
    {
        await _channel.PublishAsync("a");

        Assert.Equal("a", Assert.Single(cluster.Log.KeptOf(_channel.Name)).Id);
    }

    [Fact]
    public async Task Should_go_on_with_the_numbering_after_a_move()
    {
        var before = await _channel.PublishAsync(3);

        await cluster.DeactivateAsync(_channel.Grain);
        var after = await _channel.PublishAsync("after");

        Assert.Equal(before with { Offset = 4 }, after.Position);
    }

    [Fact]
    public async Task Should_give_the_same_answer_to_the_same_id_after_a_move()
    {
        var before = await _channel.PublishAsync("same");

        await cluster.DeactivateAsync(_channel.Grain);

        Assert.Equal(before, await _channel.PublishAsync("same"));
    }

    [Theory]
    [InlineData("room:*:chat")]
    [InlineData("room:*:playback")]
    public async Task Should_know_an_id_of_the_system_however_old_after_a_move(string pattern)
    {
        var channel = Channel.New(cluster, pattern);
        var before = await channel.PublishAsync("same");

        cluster.Time.Advance(TimeSpan.FromHours(1));
        await cluster.DeactivateAsync(channel.Grain);

        Assert.Equal(before, await channel.PublishAsync("same"));
    }

    [Fact]
    public async Task Should_know_an_id_of_a_room_behind_a_thousand_later_ones_after_a_move()
    {
        var before = await PublishAsRoomAsync("0");
        for (var number = 1; number <= 1_000; number++)
            await PublishAsRoomAsync($"{number}");

        cluster.Time.Advance(TimeSpan.FromHours(1));
        await cluster.DeactivateAsync(_channel.Grain);

        Assert.Equal(before, await PublishAsRoomAsync("0"));
    }

    [Fact]
    public async Task Should_recover_from_the_log_what_memory_no_longer_has()
    {
        var head = await _channel.PublishAsync(700);

        var recovery = await _channel.RecoverAsync(head with { Offset = 1 });

        Assert.Equal(Verdict.Recovered, recovery.Verdict);
        Assert.Equal(Enumerable.Range(2, 699).Select(offset => (long)offset), recovery.Publications.Select(publication => publication.Offset));
    }

    [Fact]
    public async Task Should_call_a_gap_lost_that_is_longer_than_a_page()
    {
        var head = await _channel.PublishAsync(1_002);

        Assert.Equal(Verdict.Lost, (await _channel.RecoverAsync(head with { Offset = 1 })).Verdict);
        Assert.Equal(Verdict.Recovered, (await _channel.RecoverAsync(head with { Offset = 2 })).Verdict);
    }

    [Fact]
    public async Task Should_answer_no_more_of_the_log_than_one_recovery_carries()
    {
        var head = await _channel.PublishLargestAsync(17);
        cluster.Time.Advance(TimeSpan.FromMinutes(10));

        var lost = await _channel.RecoverAsync(head with { Offset = 0 });
        var recovered = await _channel.RecoverAsync(head with { Offset = 1 });
        var rewound = await _channel.Grain.RecoverAsync(new() { RewindCount = 100 });

        Assert.Equal((Verdict.Lost, 1, 17, 0), (lost.Verdict, lost.LostFrom, lost.LostTo, lost.Publications.Length));
        Assert.Equal((Verdict.Recovered, 16), (recovered.Verdict, recovered.Publications.Length));
        Assert.Equal(Enumerable.Range(2, 16).Select(offset => (long)offset), rewound.Publications.Select(publication => publication.Offset));
    }

    [Fact]
    public async Task Should_recover_from_the_log_while_an_append_is_in_doubt()
    {
        var head = await _channel.PublishAsync(2);
        cluster.Time.Advance(TimeSpan.FromMinutes(10));
        cluster.Log.Fail(_channel.Name, LogFault.AfterAppend);
        await _channel.Grain.PublishAsync(Channel.Request("in doubt"));
        cluster.Log.Fail(_channel.Name, LogFault.None);

        var recovery = await _channel.RecoverAsync(head with { Offset = 1 });

        Assert.Equal((Verdict.Recovered, head), (recovery.Verdict, recovery.Position));
        Assert.Equal([2L], recovery.Publications.Select(publication => publication.Offset));
    }

    [Fact]
    public async Task Should_rewind_into_the_log_when_memory_has_too_few()
    {
        await _channel.PublishAsync(20);
        cluster.Time.Advance(TimeSpan.FromMinutes(10));

        var recovery = await _channel.Grain.RecoverAsync(new() { RewindCount = 15 });

        Assert.Equal(Enumerable.Range(6, 15).Select(offset => (long)offset), recovery.Publications.Select(publication => publication.Offset));
    }

    [Fact]
    public async Task Should_refuse_what_the_log_does_not_take_and_publish_nothing()
    {
        var gateway = await _channel.AttachAsync();
        await _channel.PublishAsync("a");
        cluster.Log.Fail(_channel.Name, LogFault.BeforeAppend);

        var refused = await _channel.Grain.PublishAsync(Channel.Request("b"));
        cluster.Log.Fail(_channel.Name, LogFault.None);
        var retried = await _channel.PublishAsync("b");
        await _channel.AdvanceAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        await gateway.UntilOffsetAsync(_channel.Name, 2);

        Assert.Equal((RefusalCode.Timeout, true), (refused.Refusal!.Code, refused.Refusal.Retryable));
        Assert.Equal(2, retried.Position.Offset);
        Assert.Equal(["a", "b"], gateway.Publications.Select(publication => publication.Id));
    }

    [Fact]
    public async Task Should_publish_once_what_the_log_took_though_it_failed()
    {
        var gateway = await _channel.AttachAsync();
        await _channel.PublishAsync("a");
        cluster.Log.Fail(_channel.Name, LogFault.AfterAppend);

        var refused = await _channel.Grain.PublishAsync(Channel.Request("b"));
        cluster.Log.Fail(_channel.Name, LogFault.None);
        var next = await _channel.PublishAsync("c");
        var retried = await _channel.PublishAsync("b");
        await _channel.AdvanceAsync(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(1));
        await gateway.UntilOffsetAsync(_channel.Name, 3);

        Assert.Equal(RefusalCode.Timeout, refused.Refusal?.Code);
        Assert.Equal((2, 3), (retried.Position.Offset, next.Position.Offset));
        Assert.Equal(["a", "b", "c"], gateway.Publications.Select(publication => publication.Id));
    }

    [Fact]
    public async Task Should_refuse_while_the_log_cannot_say_what_it_took()
    {
        await _channel.PublishAsync("a");
        cluster.Log.Fail(_channel.Name, LogFault.Everything);

        await _channel.Grain.PublishAsync(Channel.Request("b"));
        var again = await _channel.Grain.PublishAsync(Channel.Request("b"));
        cluster.Log.Fail(_channel.Name, LogFault.None);

        Assert.Equal(RefusalCode.NotReady, again.Refusal!.Code);
        Assert.Equal(2, (await _channel.PublishAsync("b")).Position.Offset);
    }

    [Fact]
    public async Task Should_give_way_to_another_writer()
    {
        var head = await _channel.PublishAsync(1);
        cluster.Log.Overtake(_channel.Name, new() { Offset = 2, Id = "theirs", TimeMs = cluster.NowMs, Event = "said" });

        var refused = await _channel.Grain.PublishAsync(Channel.Request("mine"));
        var retried = await _channel.PublishAsync("mine");

        Assert.Equal(RefusalCode.NotReady, refused.Refusal!.Code);
        Assert.Equal(head with { Offset = 3 }, retried.Position);
    }

    private async Task<Published> PublishAsRoomAsync(string id)
    {
        var answer = await _channel.Grain.PublishAsync(Channel.Request(id, publisher: "jazz") with { PublisherKind = PublisherKind.Room });
        Assert.Null(answer.Refusal);
        return answer.Value!;
    }
}
