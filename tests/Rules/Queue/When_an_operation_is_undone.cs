using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Grains.Queue.Order;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Queue;

namespace WhatsSound.Tests.Rules.Queue;

public class When_an_operation_is_undone
{
    /// <summary>Each of the commands that can be undone, on a queue of e1 to e4 of one user and e5 of another.</summary>
    public static TheoryData<string, QueueMode> Undoable
    {
        get
        {
            var data = new TheoryData<string, QueueMode>();
            foreach (var name in new[] { "add", "remove", "clear", "clearOwn", "move", "shuffle", "pin", "repin", "unpin" })
            {
                foreach (var mode in Enum.GetValues<QueueMode>())
                {
                    if (mode != QueueMode.Votes || name is not ("move" or "shuffle"))
                        data.Add(name, mode);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Undoable))]
    public void Should_be_as_it_was(string name, QueueMode mode)
    {
        var play = Played(mode);
        var (order, songs) = (play.Order.ToList(), Facts(play));

        var decision = play.Do(SongPlay.Host, Command(play, name));
        Assert.False(order.SequenceEqual(play.Order) && songs.SequenceEqual(Facts(play)), "The command changed nothing.");
        play.NowMs += 60_000;
        Assert.Null(play.Do(SongPlay.Host, new UndoOperation(decision.Operation!.Value)).Refusal);

        Assert.Equal(order, play.Order);
        Assert.Equal(songs, Facts(play));
        Assert.Equal(order, play.Events.Aggregate(play.Start, QueueFold.Apply).Order.Songs());
        Assert.Equal(RefusalCode.UndoGone, play.Do(SongPlay.Host, new UndoOperation(decision.Operation.Value)).Refusal!.Code);
    }

    [Fact]
    public void Should_be_too_late_after_a_minute()
    {
        var play = Played(QueueMode.Fair);
        var removed = play.Do("u", new RemoveSong("e1"));
        play.NowMs += 60_001;

        Assert.Equal(RefusalCode.UndoGone, play.Do("u", new UndoOperation(removed.Operation!.Value)).Refusal!.Code);
    }

    [Fact]
    public void Should_be_for_who_did_it_and_still_may()
    {
        var play = Played(QueueMode.Fair);
        var moderator = SongPlay.User("mod", QueueRights.Manage);
        var removed = play.Do(moderator, new RemoveSong("e1")).Operation!.Value;

        Assert.Equal(RefusalCode.Forbidden, play.Do("u", new UndoOperation(removed)).Refusal!.Code);
        Assert.Equal(RefusalCode.Forbidden, play.Do("mod", new UndoOperation(removed)).Refusal!.Code);
        Assert.Null(play.Do(moderator, new UndoOperation(removed)).Refusal);
    }

    [Fact]
    public void Should_not_bring_back_what_was_added_again_or_what_has_started()
    {
        var play = Played(QueueMode.Fair);
        play.Settings = play.Settings with { AllowsDuplicates = false };
        var cleared = play.Do(SongPlay.Host, new ClearSongs(null)).Operation!.Value;
        var again = play.Add("other", "e1");
        var added = play.Do("u", new AddSongs([new NewSong("x1", SongPlay.Song("x1")), new NewSong("x2", SongPlay.Song("x2"))])).Operation!.Value;
        play.Do(SongPlay.Host, new StartSong("x1"));

        play.Do(SongPlay.Host, new UndoOperation(cleared));
        play.Do("u", new UndoOperation(added));

        Assert.Equal(["e2", "e3", "e4", "e5", again], play.Order.Order(StringComparer.Ordinal));
        Assert.Equal("x1", play.Queue.Current!.Song.EntryId);
    }

    [Fact]
    public void Should_not_bring_back_what_was_played_and_is_not_to_be_repeated()
    {
        var play = Played(QueueMode.Fair);
        play.Settings = play.Settings with { AllowsDuplicates = true, NoRepeat = TimeSpan.FromHours(1) };
        var removed = play.Do("u", new RemoveSong("e1")).Operation!.Value;
        var again = play.Add("other", "e1");
        Assert.Null(play.Do(SongPlay.Host, new StartSong(again)).Refusal);

        Assert.Equal(RefusalCode.RecentlyPlayed, play.Do("u", new UndoOperation(removed)).Refusal?.Code);
        Assert.DoesNotContain("e1", play.Order);
    }

    [Fact]
    public void Should_keep_no_more_than_the_bound()
    {
        var play = new SongPlay();
        for (var i = 0; i < UndoLog.CountMax + 5; i++)
            play.Add("u");
        Assert.Equal(UndoLog.CountMax, play.Queue.Undo.Operations.Length);

        play.NowMs += 60_001;
        play.Add("u");
        Assert.Single(play.Queue.Undo.Operations);
    }

    [Fact]
    public void Should_bring_back_no_more_than_the_quota_for_who_does_not_manage()
    {
        var play = new SongPlay(settings: QueueSettings.Default with { Quota = new UserQuota { SongsMax = 3, DurationMax = TimeSpan.FromMinutes(7) } });
        play.Add("u", "a");
        play.Add("u", "b");
        var cleared = play.Do("u", new ClearSongs("u")).Operation!.Value;
        play.Add("u", "c");

        Assert.Null(play.Do("u", new UndoOperation(cleared)).Refusal);
        Assert.Equal(["a", "c"], play.Queue.Songs.Values.Select(song => song.Track.Title).Order(StringComparer.Ordinal));
        Assert.Equal(play.Order, play.Events.Aggregate(play.Start, QueueFold.Apply).Order.Songs());
    }

    [Fact]
    public void Should_bring_back_nothing_where_the_quota_is_used_up_or_the_queue_is_locked()
    {
        var play = new SongPlay(settings: QueueSettings.Default with { Quota = new UserQuota { SongsMax = 1 } });
        play.Add("u", "a");
        var cleared = play.Do("u", new ClearSongs("u")).Operation!.Value;
        play.Settings = play.Settings with { IsLocked = true };
        Assert.Equal(RefusalCode.QueueLocked, play.Do("u", new UndoOperation(cleared)).Refusal?.Code);
        play.Settings = play.Settings with { IsLocked = false };
        play.Add("u", "b");

        Assert.Equal(RefusalCode.UserQuota, play.Do("u", new UndoOperation(cleared)).Refusal?.Code);
        Assert.Null(play.Do(SongPlay.Host, new UndoOperation(cleared)).Refusal);
        Assert.Equal(2, play.Queue.Songs.Count);
    }

    [Fact]
    public void Should_not_bring_back_votes_that_were_withdrawn_since()
    {
        var play = Played(QueueMode.Fair);
        var removed = play.Do("u", new RemoveSong("e3")).Operation!.Value;

        play.Do(SongPlay.Host, new WithdrawVotes("fan"));
        play.Do("u", new UndoOperation(removed));

        Assert.Equal(1, play.Queue.Songs["e3"].Score);
    }

    [Fact]
    public void Should_keep_what_others_did_however_much_one_user_does()
    {
        var play = new SongPlay();
        var mine = play.Do("u", new AddSongs([new NewSong("mine", SongPlay.Song("mine"))])).Operation!.Value;
        for (var i = 0; i < UndoLog.CountMax + 5; i++)
            play.Add("busy");

        Assert.Null(play.Do("u", new UndoOperation(mine)).Refusal);
    }

    [Fact]
    public void Should_be_as_far_forward_as_it_was_when_ranks_were_given_anew()
    {
        var play = new SongPlay(QueueMode.Fifo);
        for (var i = 0; i < 4; i++)
            play.Add("u");
        QueueDecision moved;
        string[] before;
        int moves;
        do
        {
            moves = RankOperations(play);
            before = [.. play.Order];
            moved = play.Do(SongPlay.Host, new MoveSong(before[2], before[1]));
        }
        while (RankOperations(play) >= moves);

        Assert.Null(play.Do(SongPlay.Host, new UndoOperation(moved.Operation!.Value)).Refusal);

        Assert.Equal(before, play.Order);
    }

    /// <summary>Where ranks are given anew, those of before are forgotten.</summary>
    private static int RankOperations(SongPlay play) => play.Queue.Undo.Operations.Count(one => !one.Ranks.IsEmpty);

    private static SongPlay Played(QueueMode mode)
    {
        var play = new SongPlay(mode);
        for (var i = 0; i < 4; i++)
            play.Add("u");
        play.Add("other");
        play.Vote("fan", "e3");
        play.Vote("fan", "e2", -1);
        play.Do(SongPlay.User("dj", QueueRights.Pin), new PinSong("e4", true));
        return play;
    }

    private static QueueCommand Command(SongPlay play, string name) => name switch
    {
        "add" => new AddSongs([new NewSong(play.NewId(), SongPlay.Song("x")), new NewSong(play.NewId(), SongPlay.Song("y"))]),
        "remove" => new RemoveSong("e4"),
        "clear" => new ClearSongs(null),
        "clearOwn" => new ClearSongs("u"),
        "move" => new MoveSong("e3", "e2"),
        "shuffle" => new ShuffleSongs(5, null),
        "pin" => new PinSong("e2", true),
        "repin" => new PinSong("e4", true),
        _ => new PinSong("e4", false),
    };

    private static List<string> Facts(SongPlay play) =>
        [.. play.Queue.Songs.Values.OrderBy(song => song.Sequence).Select(song => $"{song.EntryId} {song.Score} {song.PinnedBy} {song.PinSequence} {song.Rank}")];
}
