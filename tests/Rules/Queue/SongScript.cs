using WhatsSound.Grains.Queue.Ballots;
using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Queue;

namespace WhatsSound.Tests.Rules.Queue;

/// <summary>Everything that can be asked of a queue, by chance: each number decides on one command, who gives it, and what about.</summary>
internal sealed class SongScript(SongPlay play, int users = 6, int names = 40)
{
    public QueueDecision Step(int what, int who, int which)
    {
        play.NowMs += which % 7 * 1000;
        var user = SongPlay.User($"u{who % users}", who % 5 == 0 ? QueueRights.Pin | QueueRights.Manage : who % 3 == 0 ? QueueRights.Pin : QueueRights.None);
        return (what % 32) switch
        {
            < 9 => play.Batch(user, [.. Enumerable.Range(which, 1 + (which % 3)).Select(number => SongPlay.Song($"s{number % names}"))]),
            < 17 => play.Do(user, new VoteOnSong(Some(which), (which / 7 % 3) - 1)),
            < 20 => Advance(),
            20 => play.Do(user, new RemoveSong(Some(which))),
            21 or 22 => play.Do(user, new MoveSong(Some(which), which % 4 == 0 ? null : Some(which / 3))),
            23 or 24 => play.Do(user, new PinSong(Some(which), which % 3 != 0)),
            25 => play.Do(user, new ShuffleSongs(which * 7919L, which % 2 == 0 ? user.UserId : null)),
            26 => play.Do(SongPlay.Host, new ChangeMode((QueueMode)(which % 4))),
            27 or 28 => play.Do(user, new UndoOperation(play.Queue.Undo.LastNumber - (which % 3))),
            29 => play.Do(user, new CastBallot(play.Queue.Current?.Song.EntryId ?? "none", (BallotKind)(which % 3), which % 4 != 0)),
            30 => play.Do(user, which % 9 == 0 ? new ClearSongs(which % 2 == 0 ? null : user.UserId) : new WithdrawVotes($"u{which % users}")),
            _ => play.Do(user, new SetFallbackTracks([.. Enumerable.Range(which, which % 3).Select(number => SongPlay.Song($"f{number % 9}"))])),
        };
    }

    public void Run(byte[] script)
    {
        for (var i = 0; i + 2 < script.Length; i += 3)
            Step(script[i], script[i + 1], script[i + 2]);
    }

    public static SongPlay Played(byte[] script, QueueMode mode = QueueMode.Fair, QueueSettings? settings = null)
    {
        var play = new SongPlay(mode, settings);
        new SongScript(play).Run(script);
        return play;
    }

    private QueueDecision Advance()
    {
        if (play.Queue.Current is { } current)
            play.Do(SongPlay.Host, new EndSong(current.Song.EntryId, "completed"));
        return play.Do(SongPlay.Host, new StartNext($"f{play.Queue.LastSequence}"));
    }

    /// <summary>Some queued entry.</summary>
    private string Some(int which)
    {
        var count = play.Queue.Songs.Count;
        return count == 0 ? "none" : play.Order.ElementAt(which % count);
    }
}
