using WhatsSound.Channels;
using WhatsSound.Grains.Channels;

namespace WhatsSound.Tests.Rules.Channels;

public sealed class When_history_is_read
{
    private const int CountMax = 20;
    private const long AgeMs = 1_000;

    [Fact]
    public void Should_have_all_of_a_gap_or_say_what_is_lost() => Property.Holds(
        script =>
        {
            var history = new ChannelHistory(head: 7, CountMax, TimeSpan.FromMilliseconds(AgeMs));
            var all = new List<Publication>();
            var nowMs = 0L;
            foreach (var step in script)
            {
                nowMs += step;
                if (step % 3 != 0)
                {
                    all.Add(Publications.At(8 + all.Count, nowMs));
                    history.Add(all[^1]);
                }

                var after = 7 + (step % (all.Count + 1));
                var reading = history.ReadAfter(after, nowMs);
                var kept = all.TakeLast(CountMax).Where(publication => publication.TimeMs >= nowMs - AgeMs).ToList();
                var missed = all.Where(publication => publication.Offset > after).ToList();
                Assert.Equal(missed.All(kept.Contains), reading.LostTo <= after);
                Assert.Equal(missed.Where(kept.Contains), reading.Publications);
                Assert.Equal(kept.TakeLast(5), history.ReadLast(5, nowMs));
                Assert.Equal(kept.Where(publication => publication.TimeMs >= nowMs - 300), history.ReadFrom(nowMs - 300, nowMs));
            }
        },
        tries: 1_000);

    [Fact]
    public void Should_keep_the_newest_of_each_key_or_say_what_is_lost() => Property.Holds(
        script =>
        {
            var history = new ConflatedHistory(lostTo: 0);
            var newest = new Dictionary<string, Publication>(StringComparer.Ordinal);
            for (var i = 0; i < script.Length; i++)
            {
                var publication = Publications.At(i + 1, key: $"k{script[i] % 9}");
                newest[publication.Key!] = publication;
                history.Add(publication);
                var after = script[i] % (i + 1);
                var reading = history.ReadAfter(after, nowMs: i);
                Assert.Equal(newest.Values.Where(kept => kept.Offset > after).OrderBy(kept => kept.Offset), reading.Publications);
                Assert.Equal(0, reading.LostTo);
            }
        });

    [Fact]
    public void Should_drop_the_oldest_key_at_the_bound_and_say_so()
    {
        var history = new ConflatedHistory(lostTo: 0);
        for (var offset = 1; offset <= ConflatedHistory.KeysMax + 2; offset++)
            history.Add(Publications.At(offset, key: $"k{offset}"));

        Assert.Equal(2, history.ReadAfter(0, nowMs: 0).LostTo);
        Assert.Equal(ConflatedHistory.KeysMax, history.ReadAfter(2, nowMs: 0).Publications.Length);
    }

    [Fact]
    public void Should_begin_anew_at_a_gap_in_what_was_loaded()
    {
        var history = new ChannelHistory(head: 0, CountMax, TimeSpan.FromMilliseconds(AgeMs));
        history.Add(Publications.At(1));
        history.Add(Publications.At(5));

        Assert.Equal(4, history.ReadAfter(0, nowMs: 0).LostTo);
        Assert.Equal([5L], history.ReadAfter(4, nowMs: 0).Publications.Select(publication => publication.Offset));
    }

    [Theory]
    [InlineData(3, 6, new long[] { 4, 5, 6 }, 3)]
    [InlineData(3, 6, new long[] { 5, 6 }, 4)]
    [InlineData(3, 6, new long[] { 4, 6 }, 5)]
    [InlineData(3, 6, new long[] { 4, 5 }, 6)]
    [InlineData(3, 6, new long[0], 6)]
    [InlineData(6, 6, new long[0], 6)]
    [InlineData(3, 6, new long[] { 4, 5, 6, 7 }, 3)]
    [InlineData(3, 6, new long[] { 4, 5, 7 }, 6)]
    public void Should_trust_a_page_of_the_log_only_if_no_offset_is_missing(long after, long head, long[] page, long lostTo)
    {
        var reading = RecoveryRules.ReadPage([.. page.Select(offset => Publications.At(offset))], after, head);

        Assert.Equal(lostTo, reading.LostTo);
        Assert.All(reading.Publications, publication => Assert.InRange(publication.Offset, after + 1, head));
    }
}
