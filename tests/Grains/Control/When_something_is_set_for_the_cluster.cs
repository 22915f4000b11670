using WhatsSound.Channels;
using WhatsSound.Control;

namespace WhatsSound.Tests.Grains.Control;

/// <summary>The control grain: what it has answered, it has, whatever becomes of its silo.</summary>
[Collection(ClusterTests.Name)]
public sealed class When_something_is_set_for_the_cluster(TestCluster cluster)
{
    private readonly string _pattern = $"set-{Guid.NewGuid():N}:*";
    private readonly string _userId = $"user-{Guid.NewGuid():N}";

    private IControlGrain Control => cluster.Grains.GetGrain<IControlGrain>(IControlGrain.Key);

    [Fact]
    public async Task Should_tell_of_a_rule_until_it_is_taken_back()
    {
        var set = (await Control.SetRuleAsync(_pattern, """{"historyCountMax":3}""")).Value!;

        var changes = await Control.ReadAsync(set.Version - 1, 0);
        Assert.Equal((true, set.Version), (changes.HaveRulesChanged, changes.RulesVersion));
        Assert.Equal(new ChannelRule { Pattern = _pattern, HistoryCountMax = 3 }, RuleDocument.ReadKept(changes.Rules.Single(rule => rule.Pattern == _pattern).Document));
        var same = await Control.ReadAsync(set.Version, long.MaxValue);
        Assert.Equal((false, 0, 0), (same.HaveRulesChanged, same.Rules.Length, same.Revocations.Length));

        var removed = (await Control.RemoveRuleAsync(_pattern)).Value!;
        Assert.True(removed.Version > set.Version);
        Assert.DoesNotContain((await Control.ReadAsync(set.Version, 0)).Rules, rule => rule.Pattern == _pattern);
        Assert.Equal(removed.Version, (await Control.RemoveRuleAsync(_pattern)).Value?.Version);
    }

    [Fact]
    public async Task Should_tell_of_a_revocation_once_to_who_knows_those_before()
    {
        var first = (await Control.RevokeAsync(new() { Kind = RevocationKind.User, Value = _userId })).Value!;
        var second = (await Control.RevokeAsync(new() { Kind = RevocationKind.Token, Value = $"{_userId}-token", Channel = "news:*" })).Value!;

        var told = Assert.Single((await Control.ReadAsync(0, first.Version)).Revocations);
        Assert.Equal((second.Version, RevocationKind.Token, "news:*", null), (told.Number, told.Kind, told.Channel, told.IssuedBeforeMs));
        Assert.Equal(cluster.NowMs, (await Control.ReadAsync(0, first.Version - 1)).Revocations[0].IssuedBeforeMs);
        Assert.Equal(second.Version, (await Control.ReadAsync(0, second.Version)).RevocationsNumber);
    }

    [Theory]
    [InlineData("", "{}", "pattern")]
    [InlineData(":a", "{}", "pattern")]
    [InlineData("a:*", "", "rule")]
    [InlineData("a:*", "[]", "rule")]
    [InlineData("a:*", """{"pattern":"b:*"}""", "rule")]
    [InlineData("a:*", """{"historyCountMax":0}""", "rule")]
    [InlineData("a:*", """{"history":5}""", "rule")]
    [InlineData("room:*:chat", """{"persistAllMs":null}""", "rule")]
    [InlineData("room:*", """{"clientPublish":true}""", "rule")]
    [InlineData("user:*:markers", """{"clientUse":false}""", "rule")]
    public async Task Should_refuse_what_is_no_rule_or_weakens_the_product_and_change_nothing(string pattern, string document, string detail)
    {
        var before = (await Control.ReadAsync(0, 0)).RulesVersion;

        var refusal = (await Control.SetRuleAsync(pattern, document)).Refusal;

        Assert.Equal((RefusalCode.BadRequest, detail), (refusal?.Code, refusal?.Detail));
        Assert.Equal(before, (await Control.ReadAsync(0, 0)).RulesVersion);
    }

    [Fact]
    public async Task Should_keep_a_thousand_rules_and_say_that_there_is_no_room_for_more()
    {
        var patterns = Enumerable.Range(0, IControlGrain.RulesMax + 1).Select(static number => $"full-{Guid.NewGuid():N}-{number}:*").ToList();
        Refusal? refusal = null;
        try
        {
            for (var i = 0; refusal is null && i < patterns.Count; i++)
                refusal = (await Control.SetRuleAsync(patterns[i], "{}")).Refusal;

            Assert.Equal((RefusalCode.ControlLimit, "1000"), (refusal?.Code, refusal?.Detail));
        }
        finally
        {
            // The grain is one for all tests.
            foreach (var pattern in patterns)
                await Control.RemoveRuleAsync(pattern);
        }
    }

    [Fact]
    public async Task Should_have_no_revocation_any_more_that_was_taken_back()
    {
        var made = (await Control.RevokeAsync(new() { Kind = RevocationKind.User, Value = _userId })).Value!;

        var removed = (await Control.RemoveRevocationAsync(made.Version)).Value!;

        Assert.True(removed.Version > made.Version);
        Assert.True(Assert.Single((await Control.ReadAsync(0, made.Version)).Revocations).IsTakenBack);
        Assert.Equal(removed.Version, (await Control.RemoveRevocationAsync(made.Version)).Value?.Version);
    }

    [Fact]
    public async Task Should_revoke_a_key_for_good()
    {
        var made = (await Control.RevokeAsync(new() { Kind = RevocationKind.Key, Value = _userId })).Value!;

        Assert.Equal(Revocation.ForGoodMs, Assert.Single((await Control.ReadAsync(0, made.Version - 1)).Revocations).UntilMs);
        await Control.RemoveRevocationAsync(made.Version);
    }

    [Fact]
    public async Task Should_refuse_a_revocation_of_nobody()
    {
        var refusal = (await Control.RevokeAsync(new() { Kind = RevocationKind.User })).Refusal;

        Assert.Equal((RefusalCode.BadRequest, "value"), (refusal?.Code, refusal?.Detail));
    }

    [Fact]
    public async Task Should_have_it_after_it_was_put_away()
    {
        var (rules, revocations) = await SetBothAsync();

        await cluster.DeactivateAsync(Control);

        await AssertHasBothAsync(rules, revocations);
    }

    [Fact]
    public async Task Should_have_it_after_its_silo_was_killed()
    {
        var (rules, revocations) = await SetBothAsync();

        await cluster.KillSiloOfAsync(Control);

        await AssertHasBothAsync(rules, revocations);
    }

    [Fact]
    public async Task Should_tell_nobody_of_what_could_not_be_saved()
    {
        var before = (await Control.RevokeAsync(new() { Kind = RevocationKind.User, Value = _userId })).Value!;
        cluster.Storage.FailWrites(1);

        await Assert.ThrowsAnyAsync<Exception>(() => Control.RevokeAsync(new() { Kind = RevocationKind.User, Value = $"{_userId}-other" }));

        Assert.Equal(before.Version, (await TestCluster.RetryAsync(() => Control.ReadAsync(0, 0))).RevocationsNumber);
        Assert.True((await TestCluster.RetryAsync(() => Control.RevokeAsync(new() { Kind = RevocationKind.User, Value = $"{_userId}-other" }))).Value?.Version > before.Version);
    }

    [Fact]
    public async Task Should_answer_those_who_follow_while_something_is_saved()
    {
        var before = (await Control.RevokeAsync(new() { Kind = RevocationKind.User, Value = _userId })).Value!;
        var begun = cluster.Storage.WritesBegun;
        var held = new TaskCompletionSource();
        cluster.Storage.HoldWrites(held.Task);
        var saving = Control.RevokeAsync(new() { Kind = RevocationKind.User, Value = $"{_userId}-other" });
        await Eventually.BecomesTrueAsync(() => cluster.Storage.WritesBegun > begun);

        var meanwhile = await Control.ReadAsync(0, before.Version);

        Assert.Equal((before.Version, 0), (meanwhile.RevocationsNumber, meanwhile.Revocations.Length));
        held.SetResult();
        cluster.Storage.HoldWrites(Task.CompletedTask);
        var after = (await saving).Value!;
        Assert.Equal(after.Version, Assert.Single((await Control.ReadAsync(0, before.Version)).Revocations).Number);
    }

    private async Task<(long Rules, long Revocations)> SetBothAsync() => (
        (await Control.SetRuleAsync(_pattern, """{"presence":true}""")).Value!.Version,
        (await Control.RevokeAsync(new() { Kind = RevocationKind.User, Value = _userId })).Value!.Version);

    private async Task AssertHasBothAsync(long rules, long revocations)
    {
        var changes = await TestCluster.RetryAsync(() => Control.ReadAsync(0, revocations - 1));
        Assert.Equal((rules, revocations), (changes.RulesVersion, changes.RevocationsNumber));
        Assert.Contains(changes.Rules, rule => rule.Pattern == _pattern);
        Assert.Equal(_userId, Assert.Single(changes.Revocations).Value);
    }
}
