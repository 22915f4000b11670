using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Tests.Gateway.Sessions;

/// <summary>How many channels one was the first to use that are still in use is bounded, and those that are over do not count.</summary>
public sealed class When_channels_live_on
{
    private static readonly Payer Ada = new(IsUser: true, "ada");
    private static readonly Payer Bob = new(IsUser: true, "bob");

    private readonly HashSet<string> _over = [];

    [Fact]
    public void Should_not_be_more_than_the_bound()
    {
        var live = new LiveChannels(allMax: 100);

        Assert.Equal([true, true, true, false], Enumerable.Range(0, 4).Select(i => TryAdd(live, Ada, $"a{i}", max: 3)));
        Assert.True(TryAdd(live, Bob, "b0", max: 3));
        Assert.Equal(4, live.Count);
    }

    [Fact]
    public void Should_make_room_when_they_are_over()
    {
        var live = new LiveChannels(allMax: 100);
        for (var i = 0; i < 3; i++)
            TryAdd(live, Ada, $"a{i}", max: 3);

        _over.Add("a1");

        Assert.True(TryAdd(live, Ada, "a3", max: 3));
        Assert.False(TryAdd(live, Ada, "a4", max: 3));
        Assert.Equal(3, live.Count);
    }

    [Fact]
    public void Should_count_one_that_is_used_again_once()
    {
        var live = new LiveChannels(allMax: 100);

        Assert.True(TryAdd(live, Ada, "a", max: 2));
        Assert.True(TryAdd(live, Ada, "a", max: 2));
        Assert.True(TryAdd(live, Ada, "b", max: 2));
        Assert.Equal(2, live.Count);
    }

    [Fact]
    public void Should_be_forgotten_when_others_make_some()
    {
        var live = new LiveChannels(allMax: 100);
        TryAdd(live, Ada, "a0", max: 3);
        TryAdd(live, Ada, "a1", max: 3);
        _over.UnionWith(["a0", "a1"]);

        TryAdd(live, Bob, "b0", max: 3);

        Assert.Equal(1, live.Count);
    }

    [Fact]
    public void Should_be_bounded_for_all()
    {
        var live = new LiveChannels(allMax: 25);

        for (var user = 0; user < 50; user++)
        {
            for (var i = 0; i < 10; i++)
                Assert.True(TryAdd(live, new Payer(IsUser: true, $"u{user}"), $"u{user}-{i}", max: 10));
            Assert.InRange(live.Count, 1, 25);
        }
    }

    private bool TryAdd(LiveChannels live, Payer payer, string channel, int max) => live.TryAdd(payer, channel, one => !_over.Contains(one), max);
}
