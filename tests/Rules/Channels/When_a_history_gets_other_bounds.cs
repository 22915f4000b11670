using WhatsSound.Channels;
using WhatsSound.Grains.Channels;

namespace WhatsSound.Tests.Rules.Channels;

public sealed class When_a_history_gets_other_bounds
{
    private static readonly ChannelRule Rule = new() { Pattern = "a" };

    private readonly ChannelHistory _history = new(head: 0, countMax: 64, bytesMax: 1_000, TimeSpan.FromMinutes(2));

    public When_a_history_gets_other_bounds()
    {
        for (var offset = 1; offset <= 40; offset++)
            _history.Add(Sample.At(offset, timeMs: offset, bytes: 10));
    }

    [Theory]
    [InlineData(8, 1_000_000, 120_000, 32)]
    [InlineData(64, 50, 120_000, 35)]
    [InlineData(64, 1_000_000, 5, 34)]
    [InlineData(512, 1_000_000, 120_000, 0)]
    public void Should_let_go_of_what_is_beyond_them(int countMax, int bytesMax, int ageMs, int lostTo)
    {
        _history.Follow(Rule with { HistoryCountMax = countMax, HistoryBytesMax = bytesMax, HistoryAge = TimeSpan.FromMilliseconds(ageMs) }, nowMs: 40);

        var (publications, lost) = _history.ReadAfter(0, nowMs: 40);
        Assert.Equal(lostTo, lost);
        Assert.Equal(Enumerable.Range(lostTo + 1, 40 - lostTo).Select(static offset => (long)offset), publications.Select(static publication => publication.Offset));
    }

    [Fact]
    public void Should_keep_as_many_as_they_say_from_then_on()
    {
        _history.Follow(Rule with { HistoryCountMax = 8 }, nowMs: 40);
        for (var offset = 41; offset <= 100; offset++)
            _history.Add(Sample.At(offset, timeMs: offset));
        Assert.Equal(Enumerable.Range(93, 8).Select(static offset => (long)offset), _history.ReadAfter(0, nowMs: 100).Publications.Select(static publication => publication.Offset));

        _history.Follow(Rule with { HistoryCountMax = 100 }, nowMs: 100);
        for (var offset = 101; offset <= 300; offset++)
            _history.Add(Sample.At(offset, timeMs: offset));

        Assert.Equal(Enumerable.Range(201, 100).Select(static offset => (long)offset), _history.ReadAfter(0, nowMs: 300).Publications.Select(static publication => publication.Offset));
    }

    [Fact]
    public void Should_keep_the_newest_of_each_key_as_far_as_they_go()
    {
        var newest = new ConflatedHistory(lostTo: 0, bytesMax: 1_000);
        for (var offset = 1; offset <= 10; offset++)
            newest.Add(Sample.At(offset, key: $"k{offset}", bytes: 10));

        newest.Follow(Rule with { HistoryBytesMax = 30 }, nowMs: 0);

        Assert.Equal([8L, 9, 10], newest.ReadAfter(0, nowMs: 0).Publications.Select(static publication => publication.Offset));
    }
}
