using WhatsSound.Grains.Queue.Order;
using WhatsSound.Grains.Queue.Reading;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Queue;

namespace WhatsSound.Tests.Rules.Queue;

/// <summary>The order that is kept as things happen is the one that its definition gives, whatever happens.</summary>
public class When_the_order_is_kept_step_by_step(ITestOutputHelper output)
{
    [Theory]
    [InlineData(QueueMode.Fair, 1)]
    [InlineData(QueueMode.Dj, 2)]
    [InlineData(QueueMode.Fifo, 3)]
    [InlineData(QueueMode.Votes, 4)]
    public void Should_be_the_order_of_a_naive_sort(QueueMode mode, int seed)
    {
        const int steps = 3000;
        output.WriteLine($"seed {seed}, {steps} steps");
        var random = new Random(seed);
        var play = new SongPlay(mode);
        play.Settings = play.Settings with { SongsMax = 60 };
        var script = new SongScript(play, users: 9, names: 100_000);
        var naive = new NaiveOrder();
        var largest = 0;
        for (var step = 0; step < steps; step++)
        {
            var (before, known) = (play.Queue, play.Events.Count);
            script.Step(random.Next(), random.Next(), random.Next(1_000_000));
            foreach (var happened in play.Events.Skip(known))
            {
                var after = QueueFold.Apply(before, happened);
                naive.Follow(before, happened, after);
                before = after;
            }

            largest = Math.Max(largest, play.Queue.Songs.Count);
            if (play.Events.Count > known)
                Assert.Equal(naive.Of(play.Queue), play.Order);
        }

        Assert.True(largest > 30, $"At most {largest} songs: the script tries too little.");
    }

    [Fact]
    public void Should_count_the_songs_before_each_and_read_on_after_each() => Property.Holds(script =>
    {
        var play = SongScript.Played(script);

        var order = play.Order.ToList();
        for (var place = 0; place < order.Count; place++)
        {
            var song = play.Queue.Songs[order[place]];
            Assert.Equal(place, play.Queue.Order.CountBefore(song));
            Assert.Equal(order.Skip(place + 1), play.Queue.Order.After(play.Queue.Order.PlaceOf(song)));
        }
    }, tries: 150);

    [Fact]
    public void Should_have_pages_that_make_up_the_queue() => Property.Holds(script =>
    {
        var play = SongScript.Played(script);

        var read = new List<string>();
        string? cursor = null;
        do
        {
            var page = QueuePages.Read(play.Queue, cursor, 7).Value!;
            read.AddRange(page.Entries.Select(entry => entry.EntryId));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(play.Order, read);
    }, tries: 150);
}
