using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Grains.Channels;

namespace WhatsSound.Tests.Rules.Channels;

/// <summary>The histories of a silo are bounded together; those whose loss matters least go first, and each is told to.</summary>
public sealed class When_histories_share_a_budget
{
    private readonly HistoryBudget _budget = new(Options.Create(new ChannelOptions { HistoryBytesMax = 100 }));
    private readonly List<string> _woken = [];

    [Fact]
    public void Should_keep_what_there_is_room_for()
    {
        Assert.True(Join("a").TryKeep(60, HistoryTier.Unheard));
        Assert.True(Join("b").TryKeep(40, HistoryTier.Unheard));

        Assert.Empty(_woken);
        Assert.Equal(100, _budget.Bytes);
    }

    [Fact]
    public void Should_let_go_of_what_changed_longest_ago()
    {
        var (first, second, third) = (Join("first"), Join("second"), Join("third"));
        first.TryKeep(40, HistoryTier.Unheard);
        second.TryKeep(40, HistoryTier.Unheard);
        first.TryKeep(45, HistoryTier.Unheard);

        Assert.True(third.TryKeep(20, HistoryTier.Unheard));

        Assert.Equal(["second"], _woken);
        Assert.Equal(65, _budget.Bytes);
        Assert.False(second.TryKeep(40, HistoryTier.Unheard));
        Assert.True(second.TryKeep(0, HistoryTier.Unheard));
        Assert.True(first.TryKeep(45, HistoryTier.Unheard));
        Assert.Equal(65, _budget.Bytes);
    }

    [Fact]
    public void Should_let_go_last_of_what_somebody_listens_to_and_never_of_what_is_promised()
    {
        var (heard, logged, unheard, promised) = (Join("heard"), Join("logged"), Join("unheard"), Join("promised"));
        promised.TryKeep(25, HistoryTier.Promised);
        heard.TryKeep(25, HistoryTier.Heard);
        logged.TryKeep(25, HistoryTier.Logged);
        unheard.TryKeep(25, HistoryTier.Unheard);

        var last = Join("last");
        Assert.True(last.TryKeep(25, HistoryTier.Heard));
        Assert.True(last.TryKeep(50, HistoryTier.Heard));
        Assert.True(last.TryKeep(75, HistoryTier.Heard));
        Assert.Equal(["unheard", "logged", "heard"], _woken);

        Assert.False(last.TryKeep(76, HistoryTier.Heard));
        Assert.Equal(25, _budget.Bytes);
        Assert.True(promised.TryKeep(200, HistoryTier.Promised));
    }

    [Fact]
    public void Should_take_from_who_has_most_and_not_from_the_quiet()
    {
        const int KiB = 1024;
        var budget = new HistoryBudget(Options.Create(new ChannelOptions { HistoryBytesMax = 100 * KiB }));
        HistoryShare Join(string name) => budget.Join(() => _woken.Add(name));
        var quiet = Enumerable.Range(0, 5).Select(number => Join($"quiet {number}")).ToList();
        foreach (var share in quiet)
            Assert.True(share.TryKeep(2 * KiB, HistoryTier.Heard));

        var kept = Enumerable.Range(0, 50).Count(number => Join($"hoard {number}").TryKeep(20 * KiB, HistoryTier.Heard));

        Assert.Equal(50, kept);
        Assert.All(_woken, woken => Assert.StartsWith("hoard", woken, StringComparison.Ordinal));
        Assert.All(quiet, share => Assert.True(share.TryKeep(2 * KiB, HistoryTier.Heard)));
    }

    [Fact]
    public void Should_let_go_of_the_only_one_that_is_too_large()
    {
        var only = Join("only");

        Assert.False(only.TryKeep(101, HistoryTier.Unheard));
        Assert.True(only.TryKeep(100, HistoryTier.Unheard));

        Assert.Empty(_woken);
        Assert.Equal(100, _budget.Bytes);
    }

    [Fact]
    public void Should_give_the_room_back_of_one_that_goes()
    {
        var gone = Join("gone");
        gone.TryKeep(100, HistoryTier.Heard);

        gone.Leave();

        Assert.Equal(0, _budget.Bytes);
        Assert.True(Join("next").TryKeep(100, HistoryTier.Unheard));
        Assert.Empty(_woken);
    }

    private HistoryShare Join(string name) => _budget.Join(() => _woken.Add(name));
}
