using WhatsSound.Control;
using WhatsSound.Grains.Control;

namespace WhatsSound.Tests.Rules.Control;

/// <summary>What the control grain keeps, and what it tells of it.</summary>
public sealed class When_control_is_kept
{
    private const long NowMs = 1_000_000;

    [Fact]
    public void Should_keep_rules_in_the_order_of_their_patterns_and_one_of_each()
    {
        var state = new[] { "b", "a", "c", "a" }.Aggregate(new ControlRulesState(), static (state, pattern) => state.With(RuleOf(pattern, $"{state.Version}"), NowMs)!);

        Assert.Equal(["a", "b", "c"], state.Rules.Select(static rule => rule.Pattern));
        Assert.Equal($"{NowMs + 2}", state.Rules[0].Document);
        Assert.Equal(["a", "c"], state.Without("b", NowMs).Rules.Select(static rule => rule.Pattern));
    }

    [Fact]
    public void Should_have_a_higher_version_with_each_change_and_with_no_other()
    {
        var one = new ControlRulesState().With(RuleOf("a", "1"), NowMs)!;
        var two = one.With(RuleOf("a", "2"), NowMs - 500)!;

        Assert.Equal((NowMs, NowMs + 1), (one.Version, two.Version));
        Assert.Same(two, two.With(RuleOf("a", "2"), NowMs + 500));
        Assert.Same(two, two.Without("b", NowMs + 500));
    }

    [Fact]
    public void Should_keep_a_thousand_rules_and_no_more()
    {
        var full = Enumerable.Range(0, IControlGrain.RulesMax).Aggregate(new ControlRulesState(), static (state, number) => state.With(RuleOf($"a:{number}", "1"), NowMs)!);

        Assert.Null(full.With(RuleOf("one:more", "1"), NowMs));
        Assert.NotNull(full.With(RuleOf("a:7", "2"), NowMs));
        Assert.NotNull(full.Without("a:7", NowMs).With(RuleOf("one:more", "1"), NowMs));
    }

    [Fact]
    public void Should_number_revocations_and_tell_those_above_a_number()
    {
        var state = Enumerable.Range(0, 5).Aggregate(new RevocationsState(), static (state, number) => state.With(Of($"u{number}"), NowMs)!);

        Assert.Equal([NowMs, NowMs + 1, NowMs + 2, NowMs + 3, NowMs + 4], state.Revocations.Select(static one => one.Number));
        Assert.Equal(["u3", "u4"], state.After(NowMs + 2, NowMs).Select(static one => one.Value));
        Assert.Empty(state.After(state.Number, NowMs));
    }

    [Fact]
    public void Should_tell_at_most_a_page_and_then_the_rest()
    {
        var full = FullOf(IControlGrain.PageMax + 10);

        var page = full.After(0, NowMs);

        Assert.Equal(IControlGrain.PageMax, page.Length);
        Assert.Equal(10, full.After(page[^1].Number, NowMs).Length);
    }

    [Fact]
    public void Should_tell_again_what_is_revoked_again_and_keep_it_once()
    {
        var once = new RevocationsState().With(Of("ada") with { IssuedBeforeMs = 900 }, NowMs)!.With(Of("bob"), NowMs)!;

        var again = once.With(Of("ada") with { IssuedBeforeMs = 500 }, NowMs)!;

        Assert.Equal(["bob", "ada"], again.Revocations.Select(static one => one.Value));
        Assert.Equal((900L, "ada"), (again.Revocations[^1].IssuedBeforeMs, Assert.Single(again.After(once.Number, NowMs)).Value));
        Assert.Null(again.With(Of("ada"), NowMs)!.Revocations[^1].IssuedBeforeMs);
    }

    [Fact]
    public void Should_keep_ten_thousand_and_make_room_by_time_alone()
    {
        var full = FullOf(IControlGrain.RevocationsMax);

        Assert.Null(full.With(Of("one more"), NowMs));
        Assert.NotNull(full.With(Of("u7"), NowMs));
        Assert.Equal("one more", Assert.Single(full.With(Of("one more"), NowMs + 100)!.Revocations).Value);
    }

    [Fact]
    public void Should_tell_that_one_was_taken_back_and_know_nothing_of_it_when_the_same_comes_again()
    {
        var state = new RevocationsState().With(Of("ada"), NowMs)!.With(Of("bob") with { IssuedBeforeMs = 900 }, NowMs)!;

        var without = state.Without(state.Number, NowMs + 1);

        var told = Assert.Single(without.After(state.Number, NowMs + 1));
        Assert.Equal(("bob", true, state.Number + 1), (told.Value, told.IsTakenBack, told.Number));
        Assert.Same(without, without.Without(told.Number, NowMs + 1));
        Assert.Same(without, without.Without(7, NowMs + 1));
        var again = without.With(Of("bob") with { IssuedBeforeMs = 500 }, NowMs + 2)!.Revocations[^1];
        Assert.Equal((500L, false), (again.IssuedBeforeMs, again.IsTakenBack));
    }

    [Fact]
    public void Should_make_room_of_what_was_taken_back()
    {
        var full = FullOf(IControlGrain.RevocationsMax);

        var next = full.Without(7, NowMs).With(Of("one more"), NowMs)!;

        Assert.Equal((IControlGrain.RevocationsMax, "one more"), (next.Revocations.Length, next.Revocations[^1].Value));
        Assert.Null(next.With(Of("two more"), NowMs));
    }

    private static RevocationsState FullOf(int count) => new()
    {
        Number = count,
        Revocations = [.. Enumerable.Range(1, count).Select(static number => Of($"u{number}") with { Number = number })],
    };

    private static StoredRule RuleOf(string pattern, string document) => new() { Pattern = pattern, Document = document };

    private static Revocation Of(string userId) => new() { Kind = RevocationKind.User, Value = userId, UntilMs = NowMs + 100 };
}
