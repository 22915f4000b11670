using WhatsSound.Grains.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Rules.Channels;

public sealed class When_publications_are_framed
{
    private const long IntervalMs = 500;

    [Fact]
    public void INV_T7_Should_conflate_to_one_frame_an_interval_and_always_send_the_last() => Property.Holds(
        script =>
        {
            var frames = Frame(new Conflation(TimeSpan.FromMilliseconds(IntervalMs)), script);

            Assert.All(frames.Zip(frames.Skip(1)), pair => Assert.True(pair.Second.TimeMs - pair.First.TimeMs >= IntervalMs));
            Assert.All(frames, frame => Assert.All(frame.Publications, publication => Assert.InRange(frame.TimeMs - publication.TimeMs, 0, IntervalMs)));
            for (var key = 0; key < 3; key++)
            {
                var last = Enumerable.Range(0, script.Length).LastOrDefault(i => script[i] % 3 == key, -1);
                var sent = frames.SelectMany(frame => frame.Publications).Where(publication => publication.Key == $"k{key}").ToList();
                Assert.Equal(last + 1, sent.Count == 0 ? 0 : sent[^1].Offset);
            }

            Assert.All(frames, frame => Assert.Equal(frame.Publications.Length, frame.Publications.Select(publication => publication.Key).Distinct().Count()));
        },
        tries: 1_000);

    [Fact]
    public void Should_batch_every_publication_once_in_order_and_none_for_longer_than_the_interval() => Property.Holds(
        script =>
        {
            var frames = Frame(new FrameBatch(countMax: 10, TimeSpan.FromMilliseconds(IntervalMs)), script);

            Assert.Equal(Enumerable.Range(1, script.Length).Select(offset => (long)offset), frames.SelectMany(frame => frame.Publications).Select(publication => publication.Offset));
            Assert.All(frames, frame => Assert.InRange(frame.Publications.Length, 1, 10));
            Assert.All(frames, frame => Assert.InRange(frame.TimeMs - frame.Publications[0].TimeMs, 0, IntervalMs));
        },
        tries: 1_000);

    [Fact]
    public void Should_send_each_at_once_where_nothing_is_batched()
    {
        var framing = new FrameBatch(countMax: 1, TimeSpan.FromMilliseconds(IntervalMs));
        framing.Add(Sample.At(1), nowMs: 10);
        framing.Take(nowMs: 10);
        framing.Add(Sample.At(2), nowMs: 11);

        Assert.Equal(11, framing.DueMs);
    }

    [Fact]
    public void Should_send_what_is_for_one_user_alone_with_what_is_for_all_and_not_hold_that_up()
    {
        var framing = new Conflation(TimeSpan.FromMilliseconds(IntervalMs));
        framing.Add(Own(1), nowMs: 10);
        Assert.Equal(10 + Conflation.OwnWaitMs, framing.DueMs);

        framing.Add(Sample.At(2, key: "queue"), nowMs: 12);
        Assert.Equal(12, framing.DueMs);
        Assert.Equal([1, 2], framing.Take(nowMs: 12).Select(static publication => publication.Offset));

        framing.Add(Own(3), nowMs: 20);
        framing.Add(Sample.At(4, key: "queue"), nowMs: 21);
        Assert.Equal(12 + IntervalMs, framing.DueMs);
        Assert.Equal([3, 4], framing.Take(nowMs: 12 + IntervalMs).Select(static publication => publication.Offset));
    }

    [Fact]
    public void Should_not_drop_a_key_that_waits_when_there_are_very_many()
    {
        var framing = new Conflation(TimeSpan.FromMilliseconds(IntervalMs));
        framing.Add(Sample.At(1, key: "k"), nowMs: 0);
        framing.Take(nowMs: 0);
        for (var offset = 2; offset <= ConflatedHistory.KeysMax + 1; offset++)
            framing.Add(Sample.At(offset, key: $"k{offset}"), nowMs: 1);

        Assert.Equal(1, framing.DueMs);
    }

    private static Publication Own(long offset) => Sample.At(offset, key: "own") with { Own = new OwnData { UserId = "ada", Data = default } };

    /// <summary>Each byte is a publication: its key, and how long after it the next one comes. A frame goes out whenever one is due.</summary>
    private static List<(long TimeMs, System.Collections.Immutable.ImmutableArray<Publication> Publications)> Frame(IFraming framing, byte[] script)
    {
        var frames = new List<(long, System.Collections.Immutable.ImmutableArray<Publication>)>();
        var nowMs = 1_000L;
        for (var i = 0; i < script.Length; i++)
        {
            framing.Add(Sample.At(i + 1, nowMs, key: $"k{script[i] % 3}"), nowMs);
            TakeDue(nowMs);
            nowMs += script[i];
            TakeDue(nowMs);
        }

        TakeDue(long.MaxValue);
        return frames;

        void TakeDue(long untilMs)
        {
            while (framing.DueMs <= untilMs)
            {
                var dueMs = framing.DueMs!.Value;
                frames.Add((dueMs, framing.Take(dueMs)));
            }
        }
    }
}
