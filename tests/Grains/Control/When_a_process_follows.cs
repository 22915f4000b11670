using System.Collections.Immutable;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Channels;
using WhatsSound.Control;

namespace WhatsSound.Tests.Grains.Control;

/// <summary>What a process knows of what is set in its cluster.</summary>
public sealed class When_a_process_follows
{
    private static readonly TokenFacts Ada = new("ada", TokenId: null, KeyName: null, IssuedAtMs: null);

    private readonly FakeTimeProvider _time = new();
    private readonly RuleBook _book = new(ChannelOptions.Defaults);
    private readonly ControlOptions _options = new();
    private readonly ControlKnowledge _knowledge;
    private int _changes;

    public When_a_process_follows()
    {
        _knowledge = new(_book, Options.Create(_options), _time, NullLogger<ControlKnowledge>.Instance);
        _knowledge.Changed += (_, _) => _changes++;
    }

    [Fact]
    public void Should_have_the_rules_and_revocations_that_it_was_told()
    {
        Assert.False(_knowledge.Take(With(rules: [RuleOf("""{"pattern":"news:*","historyCountMax":3}""")], revocations: [Of("ada", 7)])));

        Assert.Equal(3, _book.Rules.For("news:1").HistoryCountMax);
        Assert.True(_knowledge.IsRevoked(Ada));
        Assert.True(_knowledge.IsRevoked(Ada, "news:1"));
        Assert.Equal((1L, 7L, 1), (_knowledge.RulesVersion, _knowledge.RevocationsNumber, _changes));
    }

    [Fact]
    public void Should_keep_what_it_has_where_nothing_is_new()
    {
        _knowledge.Take(With(rules: [RuleOf("""{"pattern":"news:*","historyCountMax":3}""")], revocations: [Of("ada", 7)]));

        Assert.False(_knowledge.Take(new() { RulesVersion = 1, RevocationsNumber = 7 }));

        Assert.Equal((3, true, 1), (_book.Rules.For("news:1").HistoryCountMax, _knowledge.IsRevoked(Ada), _changes));
    }

    [Fact]
    public void Should_ask_on_while_there_is_more()
    {
        Assert.True(_knowledge.Take(With(revocations: [Of("ada", 7)]) with { RevocationsNumber = 9 }));
        Assert.False(_knowledge.Take(With(revocations: [Of("bob", 9)])));

        Assert.True(_knowledge.IsRevoked(Ada) && _knowledge.IsRevoked(Ada with { UserId = "bob" }));
    }

    [Fact]
    public void Should_read_all_anew_and_forget_nothing_where_the_database_was_put_back()
    {
        _knowledge.Take(With(revocations: [Of("ada", 7)]));

        Assert.True(_knowledge.Take(new() { RulesVersion = 0, RevocationsNumber = 3 }));
        Assert.Equal(0, _knowledge.RevocationsNumber);
        Assert.False(_knowledge.Take(With(revocations: [Of("bob", 3)])));

        Assert.True(_knowledge.IsRevoked(Ada) && _knowledge.IsRevoked(Ada with { UserId = "bob" }));
    }

    [Fact]
    public void Should_pass_over_a_rule_that_it_cannot_read_and_take_the_others()
    {
        _knowledge.Take(With(rules: [RuleOf("""{"pattern":"news:*","historyCountMax":0}"""), RuleOf("""{"pattern":"score:*","historyCountMax":3}""")]));

        Assert.Equal(("*", 3), (_book.Rules.For("news:1").Pattern, _book.Rules.For("score:1").HistoryCountMax));
    }

    [Fact]
    public void Should_go_on_with_what_it_knows_when_nothing_is_heard_and_say_so()
    {
        _knowledge.Take(With(revocations: [Of("ada", 7)]));
        _time.Advance(_options.SilentAfter - TimeSpan.FromMilliseconds(1));
        Assert.False(_knowledge.IsSilent);

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal((true, true, false), (_knowledge.IsSilent, _knowledge.IsRevoked(Ada), _knowledge.IsClosed));
        _knowledge.Take(new() { RulesVersion = 0, RevocationsNumber = 7 });
        Assert.False(_knowledge.IsSilent);
    }

    [Fact]
    public void Should_let_nobody_in_when_nothing_is_heard_where_that_is_wanted()
    {
        _options.FailClosed = true;
        Assert.True(_knowledge.IsClosed);
        _knowledge.Take(With());
        Assert.False(_knowledge.IsClosed);

        _time.Advance(_options.SilentAfter);

        Assert.True(_knowledge.IsClosed);
    }

    private static ControlChanges With(ImmutableArray<StoredRule>? rules = null, ImmutableArray<Revocation>? revocations = null) => new()
    {
        RulesVersion = rules is null ? 0 : 1,
        HaveRulesChanged = rules is not null,
        Rules = rules ?? [],
        RevocationsNumber = revocations?[^1].Number ?? 0,
        Revocations = revocations ?? [],
    };

    private static StoredRule RuleOf(string document) => new() { Pattern = "", Document = document };

    private static Revocation Of(string userId, long number) => new() { Kind = RevocationKind.User, Value = userId, Number = number, UntilMs = long.MaxValue };
}
