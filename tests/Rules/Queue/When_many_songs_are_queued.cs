using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Grains.Queue.Order;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Queue;

namespace WhatsSound.Tests.Rules.Queue;

/// <summary>A command costs the logarithm of the queue's length, at its bound as well: comparisons are counted, not time.</summary>
public class When_many_songs_are_queued(ITestOutputHelper output)
{
    private const int Users = 1000;

    [Theory]
    [InlineData(QueueMode.Fair)]
    [InlineData(QueueMode.Dj)]
    [InlineData(QueueMode.Fifo)]
    [InlineData(QueueMode.Votes)]
    public void Should_vote_serve_and_add_in_some_dozens_of_comparisons(QueueMode mode)
    {
        var counter = new CountingComparer();
        var queue = Filled(mode, QueueSettings.SongsBound, counter);
        var random = new Random(7);
        long worstVote = 0, worstServe = 0, worstAdd = 0;
        for (var i = 0; i < 2000; i++)
        {
            var entryId = $"e{random.Next(i, QueueSettings.SongsBound)}";
            if (queue.Songs.ContainsKey(entryId))
                worstVote = Math.Max(worstVote, counter.Of(() => queue = QueueFold.Apply(queue, new VoteChanged(entryId, $"fan{i % 300}", 1, i))));
            if (i % 10 != 0)
                continue;
            worstServe = Math.Max(worstServe, counter.Of(() => queue = QueueFold.Apply(queue, new SongStarted(queue.Next!.EntryId, i))));
            worstAdd = Math.Max(worstAdd, counter.Of(() => queue = QueueFold.Apply(queue, Added($"x{i}", $"u{i % Users}"))));
        }

        output.WriteLine($"{mode}: vote {worstVote}, serve {worstServe}, add {worstAdd} comparisons at {queue.Songs.Count} songs of {Users} users");
        // Four sets are touched, each removed from and added to: 8 x log2(10,000) = 106; a balanced tree is up to 1.44 times as deep.
        Assert.InRange(worstVote, 1, 150);
        Assert.InRange(worstServe, 1, 200);
        Assert.InRange(worstAdd, 1, 150);
    }

    [Fact]
    public void Should_allocate_for_a_vote_in_a_long_queue_less_than_twice_what_it_does_in_a_short_one()
    {
        var (small, large) = (Allocated(100), Allocated(QueueSettings.SongsBound));

        output.WriteLine($"{small} bytes a vote with 100 songs, {large} with {QueueSettings.SongsBound}");
        Assert.InRange(large, 1, 2 * small);
    }

    [Fact]
    public void Should_keep_the_order_of_adding_among_ten_thousand_equals()
    {
        var queue = Filled(QueueMode.Votes, QueueSettings.SongsBound, PlacedComparer.Instance);

        Assert.Equal(Enumerable.Range(0, QueueSettings.SongsBound).Select(number => $"e{number}"), queue.Order.Songs());
    }

    private static SongQueue Filled(QueueMode mode, int count, IComparer<Placed> comparer)
    {
        var queue = SongQueue.Create(mode, comparer);
        for (var i = 0; i < count; i++)
            queue = QueueFold.Apply(queue, Added($"e{i}", $"u{i % Users}"));
        return queue;
    }

    private static SongsAdded Added(string entryId, string userId) => new([new NewSong(entryId, SongPlay.Song(entryId))], userId, null, 0);

    private static long Allocated(int count)
    {
        var queue = Filled(QueueMode.Fair, count, PlacedComparer.Instance);
        const int votes = 500;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < votes; i++)
            queue = QueueFold.Apply(queue, new VoteChanged($"e{i * 17 % count}", $"fan{i % 5}", 1, i));
        return (GC.GetAllocatedBytesForCurrentThread() - before) / votes;
    }

    private sealed class CountingComparer : IComparer<Placed>
    {
        private long _count;

        public int Compare(Placed x, Placed y)
        {
            _count++;
            return PlacedComparer.Instance.Compare(x, y);
        }

        public long Of(Action action)
        {
            var before = _count;
            action();
            return _count - before;
        }
    }
}
