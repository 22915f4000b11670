using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Grains.Queue.Order;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Queue;

namespace WhatsSound.Tests.Rules.Queue;

/// <summary>The laws of the fair queue, P1 to P6, over random arrivals and votes.</summary>
public class When_the_queue_is_fair
{
    [Fact]
    public void P1_Should_serve_two_who_wait_alike_within_two_songs() => Property.Holds(script =>
    {
        var play = FairScript.Played(script);

        for (var a = 0; a < 6; a++)
        {
            for (var b = a + 1; b < 6; b++)
                Assert.InRange(WidestLead(play, $"u{a}", $"u{b}"), 0, 2);
        }
    }, tries: 400);

    [Fact]
    public void P2_Should_go_round_exactly_when_nobody_votes() => Property.Holds(script =>
    {
        var play = new FairScript(withVotes: false);
        foreach (var part in script)
            play.Play.Add($"u{part % 6}");

        var turns = Enumerable.Range(0, 6).ToDictionary(number => $"u{number}", _ => 0);
        while (play.Serve())
        {
            var (userId, waiting) = play.Served[^1];
            turns[userId]++;
            Assert.All(waiting, other => Assert.InRange(turns[userId] - turns[other], 0, 1));
        }
    });

    [Fact]
    public void P3_Should_never_move_a_song_back_for_an_up_vote() => Property.Holds(script =>
    {
        FairScript? play = null;
        play = new FairScript(withVotes: true)
        {
            OnVote = song =>
            {
                var queue = play!.Play.Queue;
                var raised = QueueFold.Apply(queue, new VoteChanged(song.EntryId, "fan", 1, play.Play.NowMs));
                Assert.True(raised.Order.CountBefore(raised.Songs[song.EntryId]) <= queue.Order.CountBefore(song));
            },
        };
        play.Run(script);
    }, tries: 400);

    [Fact]
    public void P4_Should_depend_on_the_events_alone() => Property.Holds(script =>
    {
        var play = FairScript.Played(script).Play;

        var replayed = play.Events.Aggregate(play.Start, QueueFold.Apply);
        var later = play.Events.Select(happened => happened with { AtMs = happened.AtMs + 3_600_000 }).Aggregate(play.Start, QueueFold.Apply);

        Assert.Equal(play.Order, replayed.Order.Songs());
        Assert.Equal(play.Order, later.Order.Songs());
    });

    [Fact]
    public void P5_Should_not_let_one_user_play_more_than_twice_in_a_row_while_another_waits() => Property.Holds(script =>
    {
        var play = FairScript.Played(script);

        var run = 0;
        for (var i = 0; i < play.Served.Count; i++)
        {
            var continues = i > 0 && play.Served[i].UserId == play.Served[i - 1].UserId && play.Served[i - 1].Waiting.Any(user => user != play.Served[i].UserId);
            run = continues ? run + 1 : 1;
            Assert.InRange(run, 1, 2);
        }
    }, tries: 400);

    [Fact]
    public void P6_Should_keep_who_waits_within_a_round_of_the_virtual_time() => Property.Holds(script =>
    {
        FairScript? play = null;
        play = new FairScript(withVotes: true)
        {
            OnServed = () => Assert.All(
                play!.Play.Queue.Order.Contributors.ByUser.Values.Where(one => one.IsBacklogged),
                one => Assert.True(one.Finish - play.Play.Queue.Order.VirtualTime <= Rounds.Round)),
        };
        play.Run(script);
        play.ServeAll();
    });

    [Fact]
    public void Should_serve_what_it_previewed() => Property.Holds(script =>
    {
        var play = FairScript.Played(script);

        foreach (var entryId in play.Play.Order.ToList())
        {
            play.Serve();
            Assert.Equal(entryId, play.Play.Queue.Current!.Song.EntryId);
        }

        Assert.Empty(play.Play.Queue.Songs);
    });

    [Theory]
    [InlineData(-5, 0)]
    [InlineData(0, 0)]
    [InlineData(1, 8)]
    [InlineData(12, 96)]
    [InlineData(13, 100)]
    [InlineData(1000, 100)]
    public void Should_move_a_song_by_its_votes_and_by_at_most_a_round(int score, int hundredths) => Assert.Equal(hundredths, Rounds.Bonus(score));

    [Fact]
    public void Should_play_a_contributors_best_song_first()
    {
        var play = new SongPlay();
        play.Add("a");
        play.Add("a");
        play.Add("a");
        play.Vote("fan", "e3");
        play.Vote("fan", "e1", -1);

        Assert.Equal(["e3", "e2", "e1"], play.Order);
    }

    [Fact]
    public void Should_charge_the_playing_song_at_once()
    {
        var play = new SongPlay();
        play.Add("hog");
        play.Add("hog");
        play.Next();
        play.Add("other");

        Assert.Equal(["e3", "e2"], play.Order);
    }

    [Fact]
    public void Should_not_make_who_played_alone_wait_for_more_than_a_song()
    {
        var play = new SongPlay();
        for (var i = 0; i < 20; i++)
        {
            play.Add("alone");
            play.Next();
        }

        string[] added = [play.Add("alone"), play.Add("other"), play.Add("other")];

        Assert.Equal([added[1], added[0], added[2]], play.Order);
    }

    [Fact]
    public void Should_keep_a_leavers_place_in_the_rounds_for_two_hours()
    {
        var play = new SongPlay();
        play.Add("hog");
        play.Next();
        play.Add("other");
        play.NowMs += (long)Contributors.IdleAge.TotalMilliseconds;
        play.Next();
        Assert.Contains("hog", play.Queue.Order.Contributors.ByUser.Keys);

        play.Add("other");
        play.NowMs++;
        play.Next();

        Assert.DoesNotContain("hog", play.Queue.Order.Contributors.ByUser.Keys);
    }

    [Fact]
    public void Should_remember_no_more_idle_contributors_than_the_bound()
    {
        var play = new SongPlay();
        for (var i = 0; i < Contributors.IdleMax + 50; i++)
        {
            play.NowMs++;
            play.Do($"u{i}", new RemoveSong(play.Add($"u{i}")));
        }

        Assert.Equal(Contributors.IdleMax, play.Queue.Order.Contributors.ByUser.Count);
        Assert.DoesNotContain("u0", play.Queue.Order.Contributors.ByUser.Keys);
    }

    [Fact]
    public void Should_leave_nobody_behind_by_more_than_a_round_where_rounds_begin()
    {
        var play = new SongPlay(QueueMode.Fifo);
        for (var i = 0; i < 10; i++)
            play.Add("hog");
        play.Add("other");
        play.Add("other");
        for (var i = 0; i < 8; i++)
            play.Next();

        play.Do(SongPlay.Host, new ChangeMode(QueueMode.Fair));

        Assert.Equal(["e11", "e9", "e12", "e10"], play.Order);
    }

    /// <summary>Over every stretch in which both had songs waiting: the most that one was served more than the other, in any part of it.</summary>
    private static int WidestLead(FairScript play, string a, string b)
    {
        int lead = 0, least = 0, most = 0, widest = 0;
        var isWatched = false;
        foreach (var (userId, waiting) in play.Served)
        {
            if (isWatched)
                lead += userId == a ? 1 : userId == b ? -1 : 0;
            least = Math.Min(least, lead);
            most = Math.Max(most, lead);
            widest = Math.Max(widest, most - least);
            isWatched = waiting.Contains(a) && waiting.Contains(b);
            if (!isWatched)
                lead = least = most = 0;
        }

        return widest;
    }
}
