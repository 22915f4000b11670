using WhatsSound.Grains.Queue;

namespace WhatsSound.Tests.Rules.Queue;

/// <summary>P1 to P6 of the fair queue.</summary>
public class When_songs_are_queued
{
    [Fact]
    public void Should_serve_two_who_wait_alike_within_two_songs() => Property.Holds(script =>
    {
        var play = Played(script, withVotes: true);

        for (var a = 0; a < 6; a++)
        {
            for (var b = a + 1; b < 6; b++)
                Assert.InRange(WidestLead(play, $"u{a}", $"u{b}"), 0, 2);
        }
    }, tries: 400);

    [Fact]
    public void Should_go_round_when_nobody_votes() => Property.Holds(script =>
    {
        var play = new QueueScript(withVotes: false);
        foreach (var part in script)
            play.Add($"u{part % 6}");

        var turns = Enumerable.Range(0, 6).ToDictionary(number => $"u{number}", _ => 0);
        while (play.Serve() is not null)
        {
            var (userId, waiting) = play.Served[^1];
            turns[userId]++;
            Assert.All(waiting, other => Assert.InRange(turns[userId] - turns[other], 0, 1));
        }
    });

    [Fact]
    public void Should_never_move_a_song_back_for_an_up_vote() => Property.Holds(script =>
    {
        var play = new QueueScript(withVotes: true)
        {
            OnVote = (queue, entry, value) =>
            {
                var raised = QueueRules.SetVote(queue, entry.EntryId, "fan", 1);
                Assert.True(PlaceOf(raised, entry.EntryId) <= PlaceOf(queue, entry.EntryId));
            },
        };
        play.Play(script);
    }, tries: 400);

    [Fact]
    public void Should_serve_what_it_previewed() => Property.Holds(script =>
    {
        var play = Played(script, withVotes: true);
        var preview = QueueRules.Preview(play.Queue, int.MaxValue).Select(entry => entry.EntryId).ToList();

        Assert.Equal(play.Queue.Entries.Count, preview.Count);
        foreach (var entryId in preview)
            Assert.Equal(entryId, play.Serve());
    });

    [Fact]
    public void Should_not_let_one_user_play_more_than_twice_in_a_row_while_another_waits() => Property.Holds(script =>
    {
        var play = Played(script, withVotes: true);

        var run = 0;
        for (var i = 0; i < play.Served.Count; i++)
        {
            var continues = i > 0 && play.Served[i].UserId == play.Served[i - 1].UserId && play.Served[i - 1].Waiting.Any(user => user != play.Served[i].UserId);
            run = continues ? run + 1 : 1;
            Assert.InRange(run, 1, 2);
        }
    }, tries: 400);

    [Fact]
    public void Should_never_be_more_than_a_round_ahead_of_itself() => Property.Holds(script =>
    {
        var play = Played(script, withVotes: true);

        while (play.Serve() is not null)
        {
            foreach (var userId in play.Served[^1].Waiting)
                Assert.InRange((play.Queue.Tags.GetValueOrDefault(userId)?.Finish ?? 0) - play.Queue.VirtualTime, long.MinValue, FairSchedule.Round);
        }
    });

    [Fact]
    public void Should_not_make_who_played_alone_wait_for_more_than_a_song()
    {
        var play = new QueueScript(withVotes: false);
        for (var i = 0; i < 20; i++)
        {
            play.Add("alone");
            play.Serve();
        }

        play.Add("alone");
        play.Add("other");
        play.Add("other");

        Assert.Equal(["e22", "e21", "e23"], QueueRules.Preview(play.Queue, 3).Select(entry => entry.EntryId));
    }

    [Fact]
    public void Should_count_one_vote_per_user_and_entry() => Property.Holds(script =>
    {
        var play = Played(script, withVotes: true);

        foreach (var entry in play.Queue.Entries.Values)
        {
            Assert.Equal(entry.Votes.Values.Sum(), entry.NetVotes);
            Assert.Equal(entry.NetVotes + 1, entry.ToView().Score);
            var twice = QueueRules.SetVote(QueueRules.SetVote(play.Queue, entry.EntryId, "fan", 1), entry.EntryId, "fan", 1);
            Assert.Equal(entry.NetVotes + 1, twice.Entries[entry.EntryId].NetVotes);
            Assert.Equal(entry.NetVotes, QueueRules.SetVote(twice, entry.EntryId, "fan", 0).Entries[entry.EntryId].NetVotes);
        }
    });

    [Fact]
    public void Should_keep_a_leavers_place_in_the_rounds_for_two_hours()
    {
        var play = new QueueScript(withVotes: false);
        play.Add("hog");
        play.Serve();
        play.Add("other");
        play.Serve();

        Assert.Contains("hog", play.Queue.Tags.Keys);
        play.Add("other");
        var later = QueueRules.Serve(play.Queue, "e3", nowMs: (long)QueueRules.TagAge.TotalMilliseconds + 1);
        Assert.DoesNotContain("hog", later.Tags.Keys);
    }

    [Fact]
    public void Should_let_thirteen_votes_lead_by_one_round_and_no_more()
    {
        var play = new QueueScript(withVotes: true);
        play.Add("loved");
        play.Serve();
        var favourite = play.Add("loved");
        play.Add("other");
        play.Add("other");
        for (var i = 0; i < 100; i++)
            play.Vote(favourite.EntryId, $"fan{i}", 1);
        play.Add("loved");

        Assert.Equal(["e3", "e2", "e4", "e5"], QueueRules.Preview(play.Queue, 10).Select(entry => entry.EntryId));
    }

    private static QueueScript Played(byte[] script, bool withVotes)
    {
        var play = new QueueScript(withVotes);
        play.Play(script);
        while (play.Serve() is not null)
        {
        }

        play.Play(script);
        return play;
    }

    private static int PlaceOf(QueueState queue, string entryId) =>
        QueueRules.Preview(queue, int.MaxValue).Select(entry => entry.EntryId).ToList().IndexOf(entryId);

    /// <summary>Over every stretch in which both had songs waiting: the most that one was served more than the other, in any part of it.</summary>
    private static int WidestLead(QueueScript play, string a, string b)
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
