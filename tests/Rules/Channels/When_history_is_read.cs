using WhatsSound.Grains.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Rules.Channels;

public sealed class When_history_is_read
{
    private const int CountMax = 20;
    private const int BytesMax = 100;
    private const long AgeMs = 1_000;

    [Fact]
    public void Should_have_all_of_a_gap_or_say_what_is_lost() => Property.Holds(
        script =>
        {
            var history = new ChannelHistory(head: 7, CountMax, BytesMax, TimeSpan.FromMilliseconds(AgeMs));
            var all = new List<Publication>();
            var nowMs = 0L;
            foreach (var step in script)
            {
                nowMs += step;
                if (step % 3 != 0)
                {
                    all.Add(Sample.At(8 + all.Count, nowMs));
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
            var history = new ConflatedHistory(lostTo: 0, BytesMax);
            var newest = new Dictionary<string, Publication>(StringComparer.Ordinal);
            for (var i = 0; i < script.Length; i++)
            {
                var publication = Sample.At(i + 1, key: $"k{script[i] % 9}");
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
        var history = new ConflatedHistory(lostTo: 0, BytesMax);
        for (var offset = 1; offset <= ConflatedHistory.KeysMax + 2; offset++)
            history.Add(Sample.At(offset, key: $"k{offset}"));

        Assert.Equal(2, history.ReadAfter(0, nowMs: 0).LostTo);
        Assert.Equal(ConflatedHistory.KeysMax, history.ReadAfter(2, nowMs: 0).Publications.Length);
    }

    [Fact]
    public void Should_begin_anew_at_a_gap_in_what_was_loaded()
    {
        var history = new ChannelHistory(head: 0, CountMax, BytesMax, TimeSpan.FromMilliseconds(AgeMs));
        history.Add(Sample.At(1));
        history.Add(Sample.At(5));

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
        var reading = RecoveryRules.ReadPage([.. page.Select(offset => Sample.At(offset))], after, head, BytesMax);

        Assert.Equal(lostTo, reading.LostTo);
        Assert.All(reading.Publications, publication => Assert.InRange(publication.Offset, after + 1, head));
    }

    [Fact]
    public void Should_keep_no_more_bytes_than_the_bound_and_say_what_is_lost() => Property.Holds(
        script =>
        {
            var history = new ChannelHistory(head: 0, CountMax, BytesMax, TimeSpan.FromMilliseconds(AgeMs));
            var all = new List<Publication>();
            foreach (var step in script)
            {
                all.Add(Sample.At(all.Count + 1, bytes: step % (BytesMax + 10)));
                history.Add(all[^1]);

                var bytes = 0;
                var kept = all.AsEnumerable().Reverse().TakeWhile(publication => (bytes += publication.Data.Length) <= BytesMax).Take(CountMax).Reverse().ToList();
                var reading = history.ReadAfter(0, nowMs: 0);
                Assert.Equal(kept, reading.Publications);
                Assert.Equal(all.Count - kept.Count, reading.LostTo);
            }
        },
        tries: 200);

    [Fact]
    public void Should_let_go_of_the_oldest_keys_when_the_bytes_are_too_many()
    {
        var history = new ConflatedHistory(lostTo: 0, BytesMax);
        history.Add(Sample.At(1, key: "a", bytes: 60));
        history.Add(Sample.At(2, key: "b", bytes: 40));
        history.Add(Sample.At(3, key: "b", bytes: 40));
        var whole = history.ReadAfter(0, nowMs: 0);
        history.Add(Sample.At(4, key: "c", bytes: 41));

        Assert.Equal((0, 1), (whole.LostTo, history.ReadAfter(0, nowMs: 0).LostTo));
        Assert.Equal([3L, 4L], history.ReadAfter(1, nowMs: 0).Publications.Select(publication => publication.Offset));
    }

    [Fact]
    public void Should_let_go_of_all_when_due_and_still_know_the_head()
    {
        var history = new ChannelHistory(head: 0, CountMax, BytesMax, TimeSpan.FromMilliseconds(AgeMs));
        history.Add(Sample.At(1, timeMs: 50));
        history.Add(Sample.At(2, timeMs: 40));
        var dueMs = history.DueMs!.Value;

        history.Trim(dueMs - 1);
        Assert.Equal(dueMs, history.DueMs);
        history.Trim(dueMs);

        Assert.Null(history.DueMs);
        Assert.Equal(2, history.ReadAfter(2, nowMs: 0).LostTo);
        Assert.Equal(2, history.ReadAfter(1, nowMs: 0).LostTo);
    }

    [Fact]
    public void Should_call_a_page_lost_as_a_whole_that_is_too_large_to_answer()
    {
        Publication[] page = [Sample.At(4, bytes: 60), Sample.At(5, bytes: 40), Sample.At(6, bytes: 1)];

        var tooLarge = RecoveryRules.ReadPage(page, 3, headOffset: 6, BytesMax);
        var fits = RecoveryRules.ReadPage(page, 3, headOffset: 5, BytesMax);

        Assert.Equal((6, 0), (tooLarge.LostTo, tooLarge.Publications.Length));
        Assert.Equal((3, 2), (fits.LostTo, fits.Publications.Length));
    }

    [Theory]
    [InlineData(6, new long[] { 5, 6 })]
    [InlineData(5, new long[] { 4, 5 })]
    [InlineData(3, new long[0])]
    public void Should_rewind_the_newest_that_fit(long head, long[] answered)
    {
        Publication[] newest = [Sample.At(3, bytes: BytesMax + 1), Sample.At(4, bytes: 60), Sample.At(5, bytes: 40), Sample.At(6, bytes: 1)];

        Assert.Equal(answered, RecoveryRules.FitNewest(newest, head, BytesMax).Select(publication => publication.Offset));
    }
}
