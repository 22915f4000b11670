using WhatsSound.Channels;
using WhatsSound.Tests.Grains.Presence;

namespace WhatsSound.Tests.Grains.Channels;

/// <summary>A silo that stops in good order: what it had goes on elsewhere, and nobody notices.</summary>
public sealed class When_a_silo_is_restarted : IAsyncLifetime
{
    private readonly TestCluster _cluster = new();

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Theory]
    [InlineData("test:*")]
    [InlineData("user:*:activity")]
    [InlineData("room:*")]
    public async Task Should_deliver_every_acknowledged_publication_once_in_the_same_epoch(string pattern)
    {
        var channel = Channel.New(_cluster, pattern);
        var follower = new Follower(channel);
        await follower.AttachAsync();
        var before = await channel.PublishAsync("first");

        var acknowledged = await PublishOverARestartAsync(channel, 200);
        var last = await channel.PublishAsync("last");
        await follower.UntilAsync(last.Position);

        Assert.Empty(follower.Losses);
        Assert.Equal(before.Position.Epoch, last.Position.Epoch);
        Assert.Equal(["first", .. acknowledged.Keys, "last"], follower.Seen.Select(publication => publication.Id));
        Assert.Equal(Enumerable.Range(1, 202).Select(offset => (long)offset), follower.Seen.Select(publication => publication.Offset));
    }

    [Fact]
    public async Task Should_go_on_sending_to_gateways_that_have_not_renewed()
    {
        var channel = Channel.New(_cluster);
        var gateway = await channel.AttachAsync();
        await channel.PublishAsync("before");

        await _cluster.RestartSiloOfAsync(channel.Grain);
        await channel.PublishAsync("after");

        await gateway.UntilOffsetAsync(channel.Name, 2);
        Assert.Equal(["before", "after"], gateway.Publications.Select(publication => publication.Id));
        Assert.True((await channel.RenewAsync(gateway)).LaneKnown);
    }

    [Fact]
    public async Task Should_answer_a_retried_id_as_before_though_nothing_is_kept()
    {
        var channel = Channel.New(_cluster);
        var before = await channel.PublishAsync("same", publisher: "ada");
        await channel.PublishAsync("later", publisher: "ada");

        await _cluster.RestartSiloOfAsync(channel.Grain);

        Assert.Equal(before, await channel.PublishAsync("same", publisher: "ada"));
        Assert.Equal(2, (await channel.HeadAsync()).Offset);
    }

    [Fact]
    public async Task Should_recover_a_gap_and_still_say_what_is_lost()
    {
        var channel = Channel.New(_cluster, "small:*");
        var head = await channel.PublishAsync(600);

        await _cluster.RestartSiloOfAsync(channel.Grain);

        var recovered = await channel.RecoverAsync(head with { Offset = 88 });
        Assert.Equal((Verdict.Recovered, 512, head), (recovered.Verdict, recovered.Publications.Length, recovered.Position));
        var lost = await channel.RecoverAsync(head with { Offset = 80 });
        Assert.Equal((Verdict.Lost, 81, 88), (lost.Verdict, lost.LostFrom, lost.LostTo));
    }

    [Fact]
    public async Task Should_keep_the_newest_of_each_key_and_the_pace_of_frames()
    {
        var channel = Channel.New(_cluster, "room:*:playback");
        var gateway = await channel.AttachAsync();
        await channel.PublishAsync("a1", key: "a");
        await channel.PublishAsync("b1", key: "b");
        await channel.PublishAsync("a2", key: "a");

        await _cluster.RestartSiloOfAsync(channel.Grain);
        await channel.PublishAsync("b2", key: "b");
        await channel.AdvanceAsync(TimeSpan.FromMilliseconds(400), TimeSpan.FromMilliseconds(100));

        // What waited when the channel left waits on: the next frame is due an interval after the last, and not before.
        Assert.Equal(["a1"], gateway.Publications.Select(publication => publication.Id));
        await channel.AdvanceAsync(TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(100));
        await gateway.UntilOffsetAsync(channel.Name, 4);
        Assert.Equal(["a1", "a2", "b2"], gateway.Publications.Select(publication => publication.Id));
        Assert.Equal(["a2", "b2"], (await channel.RecoverAsync(await channel.HeadAsync() with { Offset = 0 })).Publications.Select(publication => publication.Id));
    }

    [Fact]
    public async Task Should_remind_a_gateway_of_a_frame_that_it_did_not_get()
    {
        var channel = Channel.New(_cluster);
        var gateway = await channel.AttachAsync();
        gateway.Block();
        await channel.PublishAsync("first");
        await gateway.UntilAsync(batches => batches.Count == 1);

        // It waits in a lane that ends with its silo.
        await channel.PublishAsync("second");
        await _cluster.RestartSiloOfAsync(channel.Grain);
        gateway.Unblock();

        // The reminder is the first batch of a new lane. It may be lost, since it goes out while the silo stops by which the gateway was reached: then the lane says that it has skipped
        // something, and the next renewal says how far the channel has come.
        await gateway.UntilAsync(batches => batches.Any(batch => batch.LaneId != batches[0].LaneId
            && (batch.Sequence > 1 || batch.Frames.Any(frame => frame is { PreviousOffset: 2, HeadOffset: 2, Publications.IsEmpty: true }))));
        Assert.Equal((true, 2), (await channel.RenewAsync(gateway) is { LaneKnown: true, Head.Offset: var offset } ? (true, offset) : (false, 0)));
    }

    [Fact]
    public async Task Should_tell_nobody_as_joined_or_left_who_stayed()
    {
        var channel = Channel.New(_cluster, "room:*:lobby");
        var members = new Members(channel);
        var gateway = await channel.AttachAsync();
        await members.EnterAsync("ada", gatewayId: gateway.Id);
        await members.EnterAsync("bob", gatewayId: gateway.Id);
        await channel.AdvanceAsync(TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(100));
        var told = (await members.ToldAsync()).Count;
        var before = await channel.Grain.ReadPresenceAsync();

        await _cluster.RestartSiloOfAsync(channel.Grain);

        Assert.True((await channel.RenewAsync(gateway, connectionCount: 2)) is { PresenceKnown: true, LaneKnown: true });
        await channel.AdvanceAsync(TimeSpan.FromSeconds(25), TimeSpan.FromSeconds(5));
        var after = await channel.Grain.ReadPresenceAsync();
        Assert.Equal(["ada", "bob"], after.Members.Select(member => member.UserId));
        Assert.Equal((before.Version, before.Position), (after.Version, after.Position));
        Assert.Equal(told, (await members.ToldAsync()).Count);
    }

    [Fact]
    public async Task Should_end_a_grace_that_was_running()
    {
        var channel = Channel.New(_cluster, "room:*:lobby");
        var members = new Members(channel);
        var gateway = await channel.AttachAsync();
        await members.EnterAsync("ada", gatewayId: gateway.Id);
        await members.EnterAsync("bob", gatewayId: gateway.Id);
        await members.LoseAsync("bob");

        await _cluster.RestartSiloOfAsync(channel.Grain);
        Assert.Equal(["ada", "bob"], await members.NamesAsync());
        await channel.AdvanceAsync(TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(5));

        Assert.Equal(["ada"], await members.NamesAsync());
    }

    [Fact]
    public async Task Should_move_when_told_to()
    {
        var channel = Channel.New(_cluster);
        var gateway = await channel.AttachAsync();
        var before = await channel.PublishAsync(3);
        var from = _cluster.FindSiloOf(channel.Grain);

        await _cluster.MigrateAsync(channel.Grain);

        Assert.Equal(before, await channel.HeadAsync());
        Assert.NotEqual(from, _cluster.FindSiloOf(channel.Grain));
        await channel.PublishAsync("after");
        await gateway.UntilOffsetAsync(channel.Name, 4);
    }

    private async Task<OrderedDictionary<string, Published>> PublishOverARestartAsync(Channel channel, int count)
    {
        var answers = new OrderedDictionary<string, Published>();
        Task? restart = null;
        for (var i = 1; i <= count; i++)
        {
            var id = $"m{i}";
            answers.Add(id, await TestCluster.RetryAsync(() => channel.PublishAsync(id)));
            if (i == count / 4)
                restart = _cluster.RestartSiloOfAsync(channel.Grain);
        }

        await restart!;
        return answers;
    }
}
