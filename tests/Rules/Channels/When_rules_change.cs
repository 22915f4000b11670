using WhatsSound.Channels;
using WhatsSound.Grains.Channels;

namespace WhatsSound.Tests.Rules.Channels;

public sealed class When_rules_change
{
    private static readonly ChannelRule News = new() { Pattern = "news:*" };

    private readonly RuleBook _book = new([.. ChannelOptions.Defaults, News]);
    private int _changes;

    public When_rules_change() => _book.Changed += (_, _) => _changes++;

    [Fact]
    public void Should_have_what_is_set_in_place_of_what_is_configured()
    {
        var before = _book.Rules;

        _book.Set([News with { HistoryCountMax = 3 }, new() { Pattern = "score:*", Presence = true }]);

        Assert.Equal((3, true), (_book.Rules.For("news:today").HistoryCountMax, _book.Rules.For("score:1").Presence));
        Assert.Equal((512, "*"), (before.For("news:today").HistoryCountMax, before.For("score:1").Pattern));
        Assert.True(_book.Rules.Version > before.Version);
        Assert.Equal(1, _changes);
    }

    [Fact]
    public void Should_have_what_is_configured_again_once_nothing_is_set()
    {
        _book.Set([News with { HistoryCountMax = 3 }]);
        _book.Configure([.. ChannelOptions.Defaults, News with { HistoryCountMax = 4 }]);
        Assert.Equal(3, _book.Rules.For("news:today").HistoryCountMax);

        _book.Set([]);

        Assert.Equal(4, _book.Rules.For("news:today").HistoryCountMax);
    }

    [Fact]
    public void Should_not_call_the_same_rules_a_change()
    {
        var before = _book.Rules;

        _book.Configure([.. ChannelOptions.Defaults, News with { }]);
        _book.Set([]);

        Assert.Same(before, _book.Rules);
        Assert.Equal(0, _changes);
    }

    [Theory]
    [InlineData("a", "a")]
    [InlineData("a:b", "a:b")]
    [InlineData("a:c", "a:*")]
    [InlineData("a:b:c", "*:b:c")]
    [InlineData("x:b:c", "*:b:c")]
    [InlineData("x:y", "*")]
    [InlineData("user:x:y:news", "user:*:news")]
    public void Should_find_the_most_specific_in_any_namespace(string channel, string pattern)
    {
        var rules = new ChannelRules(new[] { "*", "a", "a:b", "a:*", "*:b:c", "user:*:news" }.Select(static one => new ChannelRule { Pattern = one }));

        Assert.Equal(pattern, rules.For(channel).Pattern);
    }

    public static TheoryData<ChannelRule, bool> Changes => new()
    {
        { News with { HistoryCountMax = 3 }, false },
        { News with { PublicationBytesMax = 3, ClientPublish = false, Identified = true }, false },
        { News with { PresenceGrace = TimeSpan.Zero, PresenceDetailMax = 3 }, false },
        { News with { BatchCountMax = 10 }, false },
        { News with { ConflateInterval = TimeSpan.FromSeconds(1) }, true },
        { News with { PersistAll = TimeSpan.FromHours(24) }, true },
        { News with { PersistLast = true }, true },
        { News with { Presence = true }, true },
    };

    [Theory]
    [MemberData(nameof(Changes))]
    public void Should_know_another_kind_of_channel_from_another_bound(ChannelRule rule, bool isOfKind)
    {
        Assert.Equal((isOfKind, isOfKind), (ChannelRuleChange.IsOfKind(News, rule), ChannelRuleChange.IsOfKind(rule, News)));
        Assert.False(ChannelRuleChange.IsOfKind(rule, rule with { HistoryAge = TimeSpan.FromSeconds(1) }));
    }
}
