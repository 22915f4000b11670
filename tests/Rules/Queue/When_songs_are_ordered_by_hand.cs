using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Grains.Queue.Order;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Queue;

namespace WhatsSound.Tests.Rules.Queue;

public class When_songs_are_ordered_by_hand
{
    [Theory]
    [InlineData(QueueMode.Fifo)]
    [InlineData(QueueMode.Dj)]
    [InlineData(QueueMode.Fair)]
    public void Should_put_a_song_where_it_was_moved_to_and_leave_the_others(QueueMode mode)
    {
        var random = new Random(17);
        var play = Filled(mode, 12);
        for (var i = 0; i < 500; i++)
        {
            var list = play.Order.ToList();
            var song = list[random.Next(list.Count)];
            var before = random.Next(4) == 0 ? null : list[random.Next(list.Count)];
            if (before == song)
                continue;
            list.Remove(song);
            list.Insert(before is null ? list.Count : list.IndexOf(before), song);

            Assert.Null(play.Do(mode == QueueMode.Fifo ? SongPlay.Host : SongPlay.User("u"), new MoveSong(song, before)).Refusal);
            Assert.Equal(list, play.Order);
        }
    }

    [Fact]
    public void Should_take_any_number_of_moves_to_one_place()
    {
        var play = Filled(QueueMode.Fifo, 8);
        for (var i = 0; i < 200; i++)
        {
            var last = play.Order.Last();
            play.Do(SongPlay.Host, new MoveSong(last, play.Order.ElementAt(1)));
            Assert.Equal(last, play.Order.ElementAt(1));
        }

        var added = play.Add("late");
        Assert.Equal(added, play.Order.Last());
    }

    [Fact]
    public void Should_keep_votes_from_an_order_made_by_hand()
    {
        var play = Filled(QueueMode.Fair, 3);
        play.Do("u", new MoveSong("e3", "e1"));
        play.Vote("fan", "e2");

        Assert.Equal(["e3", "e1", "e2"], play.Order);
    }

    [Fact]
    public void Should_leave_a_song_where_it_is_that_is_moved_before_itself()
    {
        var play = Filled(QueueMode.Fair, 2);
        var order = play.Order;

        Assert.Null(play.Do("u", new MoveSong("e1", "e1")).Refusal);
        Assert.Equal(order, play.Order);
    }

    [Fact]
    public void Should_refuse_moves_that_mean_nothing()
    {
        var play = Filled(QueueMode.Fair, 2);
        play.Add("other");
        play.Do(SongPlay.Host, new PinSong("e2", true));

        Assert.Equal(RefusalCode.Forbidden, play.Do("other", new MoveSong("e1", null)).Refusal!.Code);
        Assert.Equal(RefusalCode.OrderFixed, play.Do("u", new MoveSong("e1", "e3")).Refusal!.Code);
        Assert.Equal(RefusalCode.OrderFixed, play.Do("u", new MoveSong("e1", "e2")).Refusal!.Code);
        Assert.Equal(RefusalCode.OrderFixed, play.Do("u", new MoveSong("e2", null)).Refusal!.Code);
        Assert.Equal(RefusalCode.EntryNotFound, play.Do("u", new MoveSong("e9", null)).Refusal!.Code);
        Assert.Equal(RefusalCode.EntryNotFound, play.Do("u", new MoveSong("e1", "e9")).Refusal!.Code);
        play.Do(SongPlay.Host, new ChangeMode(QueueMode.Votes));
        Assert.Equal(RefusalCode.OrderFixed, play.Do(SongPlay.Host, new MoveSong("e1", null)).Refusal!.Code);
        play.Do(SongPlay.Host, new ChangeMode(QueueMode.Fifo));
        Assert.Equal(RefusalCode.Forbidden, play.Do("u", new MoveSong("e1", null)).Refusal!.Code);
    }

    [Theory]
    [InlineData(QueueMode.Fair)]
    [InlineData(QueueMode.Dj)]
    [InlineData(QueueMode.Fifo)]
    [InlineData(QueueMode.Votes)]
    public void Should_play_pins_first_and_one_of_each_who_pins(QueueMode mode)
    {
        var play = Filled(mode, 4);
        var dj = SongPlay.User("dj", QueueRights.Pin);
        play.Do(dj, new PinSong("e4", true));
        play.Do(SongPlay.Host, new PinSong("e3", true));
        Assert.Equal(["e4", "e3", "e1", "e2"], play.Order);

        play.Do(dj, new PinSong("e2", true));
        Assert.Equal(["e3", "e2", "e1", "e4"], play.Order);
        Assert.Equal(RefusalCode.Forbidden, play.Do(dj, new PinSong("e3", false)).Refusal!.Code);
        Assert.Equal(RefusalCode.Forbidden, play.Do("u", new PinSong("e1", true)).Refusal!.Code);

        play.Do(SongPlay.Host, new PinSong("e2", false));
        Assert.Equal(["e3", "e1", "e2", "e4"], play.Order);
    }

    [Theory]
    [InlineData(QueueMode.Fair)]
    [InlineData(QueueMode.Dj)]
    [InlineData(QueueMode.Fifo)]
    public void Should_shuffle_by_the_seed_alone(QueueMode mode)
    {
        var orders = Enumerable.Range(1, 20).Select(seed => string.Join(' ', Shuffled(mode, seed).Order)).ToList();

        Assert.Equal(orders, Enumerable.Range(1, 20).Select(seed => string.Join(' ', Shuffled(mode, seed).Order)));
        Assert.True(orders.Distinct().Count() > 15, "Seeds give the same order.");
        Assert.All(orders, order => Assert.Equal(11, order.Split(' ').Distinct().Count()));
        Assert.Equal("e11", Shuffled(mode, 1).Order.Last());
    }

    [Fact]
    public void Should_take_turns_as_djs_in_the_order_of_stepping_up()
    {
        var play = new SongPlay(QueueMode.Dj);
        string[] songs = [play.Add("b"), play.Add("b"), play.Add("a"), play.Add("a")];
        play.Vote("fan", songs[3]);
        Assert.Equal([songs[0], songs[2], songs[1], songs[3]], play.Order);

        play.Next();
        var late = play.Add("c");

        Assert.Equal([songs[2], late, songs[1], songs[3]], play.Order);
    }

    [Fact]
    public void Should_keep_songs_votes_and_ranks_when_the_mode_changes()
    {
        var play = Filled(QueueMode.Fifo, 5);
        play.Do(SongPlay.Host, new MoveSong("e5", "e1"));
        play.Vote("fan", "e3");
        var (songs, order) = (play.Queue.Songs, play.Order.ToList());

        foreach (var mode in new[] { QueueMode.Votes, QueueMode.Fair, QueueMode.Dj, QueueMode.Fifo })
            play.Do(SongPlay.Host, new ChangeMode(mode));

        Assert.Equal(songs.OrderBy(song => song.Key, StringComparer.Ordinal), play.Queue.Songs.OrderBy(song => song.Key, StringComparer.Ordinal));
        Assert.Equal(order, play.Order);
        Assert.Equal(RefusalCode.Forbidden, play.Do("u", new ChangeMode(QueueMode.Votes)).Refusal!.Code);
    }

    private static SongPlay Filled(QueueMode mode, int count)
    {
        var play = new SongPlay(mode);
        for (var i = 0; i < count; i++)
            play.Add("u");
        return play;
    }

    private static SongPlay Shuffled(QueueMode mode, int seed)
    {
        var play = Filled(mode, 10);
        play.Do(SongPlay.Host, new ShuffleSongs(seed, null));
        Assert.Equal(play.Order, play.Events.Aggregate(play.Start, QueueFold.Apply).Order.Songs());
        var shuffled = play.Order.ToList();
        play.Add("u");
        Assert.Equal(shuffled, play.Order.Take(10));
        return play;
    }
}
