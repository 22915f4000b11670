using WhatsSound.Channels;
using WhatsSound.Presence;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Grains.Channels;

/// <summary>What an active channel does with another rule: bounds change in place, another kind of channel begins where this one ended.</summary>
[Collection(ClusterTests.Name)]
public sealed class When_a_rule_changes_under_a_channel(TestCluster cluster) : IAsyncLifetime
{
    private readonly Channel _channel = Channel.New(cluster, "ruled:*");

    private ChannelRule Rule => new() { Pattern = _channel.Name };

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public ValueTask DisposeAsync()
    {
        SetRules();
        return ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Should_take_other_bounds_in_place()
    {
        var before = await _channel.PublishAsync(20);
        var instance = cluster.InstanceOf(_channel.Grain);
        SetRules(Rule with { HistoryCountMax = 5, PublicationBytesMax = 100 });

        var after = await _channel.PublishAsync(1);

        Assert.Equal(before with { Offset = 21 }, after);
        Assert.Same(instance, cluster.InstanceOf(_channel.Grain));
        var missed = await _channel.RecoverAsync(before with { Offset = 10 });
        Assert.Equal((Verdict.Lost, 11L, 16L), (missed.Verdict, missed.LostFrom, missed.LostTo));
        Assert.Equal(Verdict.Recovered, (await _channel.RecoverAsync(before with { Offset = 16 })).Verdict);
        Assert.Equal(RefusalCode.PayloadTooLarge, (await _channel.Grain.PublishAsync(Channel.Request("large") with { Data = new(new byte[101]) })).Refusal?.Code);
    }

    [Fact]
    public async Task Should_have_what_it_had_again_when_the_rule_is_taken_back()
    {
        SetRules(Rule with { PublicationBytesMax = 1 });
        Assert.Equal(RefusalCode.PayloadTooLarge, (await _channel.Grain.PublishAsync(Channel.Request("p1"))).Refusal?.Code);

        SetRules();

        Assert.Null((await _channel.Grain.PublishAsync(Channel.Request("p1"))).Refusal);
    }

    [Fact]
    public async Task Should_go_on_at_its_position_as_a_channel_that_conflates_and_call_lost_what_it_cannot_say()
    {
        var before = await _channel.PublishAsync(5);

        var last = await ChangeKindAsync(Rule with { ConflateInterval = TimeSpan.FromMilliseconds(500) });

        Assert.Equal(before with { Offset = 6 }, last);
        Assert.Equal(last, await _channel.HeadAsync());
        Assert.Equal((Verdict.Recovered, DeliveryClass.Conflated), await VerdictAsync(last));
        Assert.Equal((Verdict.Lost, 4L, 6L), await LostAsync(before with { Offset = 3 }));
        Assert.Equal(before with { Offset = 7 }, (await _channel.PublishAsync("next", key: "k")).Position);
    }

    [Fact]
    public async Task Should_keep_every_publication_from_when_the_rule_says_so()
    {
        var before = await _channel.PublishAsync(3);
        await ChangeKindAsync(Rule with { PersistAll = TimeSpan.FromHours(24) });

        var kept = await _channel.PublishAsync(2);
        await cluster.KillSiloOfAsync(_channel.Grain);

        // The silo that takes the place of the one that was killed has the rule from the cluster; here the test sets it.
        SetRules(Rule with { PersistAll = TimeSpan.FromHours(24) });
        Assert.Equal(before with { Offset = 6 }, kept);
        Assert.Equal(kept, await TestCluster.RetryAsync(_channel.HeadAsync));
        Assert.Equal(["p5", "p6"], (await _channel.RecoverAsync(kept with { Offset = 4 })).Publications.Select(static publication => publication.Id));
    }

    [Fact]
    public async Task Should_say_that_all_is_lost_where_nothing_is_kept_any_more()
    {
        SetRules(Rule with { PersistAll = TimeSpan.FromHours(24) });
        await _channel.PublishAsync(3);

        var last = await ChangeKindAsync();

        Assert.Equal((Verdict.Lost, DeliveryClass.Ordered), await VerdictAsync(last));
        Assert.NotEqual(last.Epoch, (await _channel.HeadAsync()).Epoch);
    }

    [Fact]
    public async Task Should_never_call_recovered_what_was_published_while_nothing_was_kept()
    {
        var kept = Rule with { PersistAll = TimeSpan.FromHours(24) };
        var seen = new List<Position>();
        SetRules(kept);
        for (var toggled = 0; toggled < 2; toggled++)
        {
            seen.Add(await _channel.PublishAsync(3));
            seen.Add(await ChangeKindAsync());
            seen.Add(await _channel.PublishAsync(2));
            await ChangeKindAsync(kept);

            foreach (var position in seen)
                Assert.Equal(Verdict.Lost, (await _channel.RecoverAsync(position)).Verdict);
        }

        var last = await _channel.PublishAsync(3);
        await cluster.KillSiloOfAsync(_channel.Grain);
        SetRules(kept);
        Assert.Equal(last, await TestCluster.RetryAsync(_channel.HeadAsync));
        Assert.Equal(2, (await _channel.RecoverAsync(last with { Offset = last.Offset - 2 })).Publications.Length);
        foreach (var position in seen)
            Assert.NotEqual(Verdict.Recovered, (await _channel.RecoverAsync(position)).Verdict);
    }

    [Fact]
    public async Task Should_have_members_from_when_the_rule_says_so_and_no_longer()
    {
        var entry = new PresenceEntry { UserId = "ada", ConnectionId = "c1", GatewayId = Guid.NewGuid(), DisplayName = "Ada" };
        Assert.Equal(RefusalCode.PresenceDisabled, (await _channel.Grain.EnterAsync(entry)).Refusal?.Code);

        await ChangeKindAsync(Rule with { Presence = true });
        Assert.Equal(1, (await _channel.Grain.EnterAsync(entry)).Value?.Total);

        await ChangeKindAsync();
        Assert.Equal(0, (await _channel.Grain.ReadPresenceAsync()).Total);
    }

    private async Task<(Verdict, DeliveryClass)> VerdictAsync(Position since)
    {
        var recovery = await _channel.RecoverAsync(since);
        return (recovery.Verdict, recovery.Class);
    }

    private async Task<(Verdict, long?, long?)> LostAsync(Position since)
    {
        var recovery = await _channel.RecoverAsync(since);
        return (recovery.Verdict, recovery.LostFrom, recovery.LostTo);
    }

    /// <summary>The rules of all silos; what is not named has none of its own.</summary>
    private void SetRules(params ChannelRule[] rules)
    {
        foreach (var book in cluster.OfSilos<RuleBook>())
            book.Set(rules);
    }

    /// <summary>Has the channel become another kind by a publication under other rules, of which this is the position. Done once it is another activation.</summary>
    private async Task<Position> ChangeKindAsync(params ChannelRule[] rules)
    {
        var before = cluster.InstanceOf(_channel.Grain);
        SetRules(rules);
        var published = await _channel.PublishAsync($"change{Guid.NewGuid():N}");
        await Eventually.BecomesTrueAsync(async () =>
        {
            await _channel.HeadAsync();
            return cluster.FindSiloOf(_channel.Grain) is not null && !ReferenceEquals(before, cluster.InstanceOf(_channel.Grain));
        });
        return published.Position;
    }
}
