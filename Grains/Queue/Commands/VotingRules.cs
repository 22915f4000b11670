using WhatsSound.Grains.Queue.Ballots;
using WhatsSound.Grains.Queue.Order;
using WhatsSound.Grains.Queue.Songs;

namespace WhatsSound.Grains.Queue.Commands;

/// <summary>Votes on songs, and what members say of the one that plays. A vote is a value by entry and user: what is so already is no event.</summary>
internal static class VotingRules
{
    public static QueueDecision Vote(SongQueue queue, QueueActor actor, VoteOnSong vote, QueueMoment moment)
    {
        if (vote.Value is < -1 or > 1)
            return Refusals.WrongField("value", "must be -1, 0 or 1");
        if (moment.Settings.IsVotingOff)
            return Refusals.Final(RefusalCode.VotingDisabled, "The room does not vote.");
        if (queue.Find(vote.EntryId) is not { } song)
            return SongRefusals.EntryNotFound(vote.EntryId);
        if (song.IsOf(actor.UserId))
            return Refusals.Final(RefusalCode.SelfVote, "The adder's own vote is +1.", vote.EntryId);
        if (song.VoteOf(actor.UserId) == vote.Value)
            return QueueDecision.Unchanged(queue);
        if (song.Votes.Count >= moment.Settings.VotersMax && !song.Votes.ContainsKey(actor.UserId))
            return Refusals.Limit(RefusalCode.RateLimited, "The song has as many votes as are counted.", moment.Settings.VotersMax);
        var voted = new VoteChanged(vote.EntryId, actor.UserId, vote.Value, moment.NowMs);
        return IsVotedDown(queue, song.WithVote(actor.UserId, vote.Value), moment)
            ? QueueDecision.Of(queue, voted, new SongRemoved(vote.EntryId, RemovalReasons.VotedDown, null, moment.NowMs))
            : QueueDecision.Of(queue, voted);
    }

    public static QueueDecision Cast(SongQueue queue, QueueActor actor, CastBallot ballot, QueueMoment moment)
    {
        if (queue.Current is not { } current)
            return SongRefusals.NothingPlaying();
        if (current.Song.EntryId != ballot.EntryId)
            return SongRefusals.Stale(current.Song.EntryId);
        if (ballot.Kind == BallotKind.Skip && CheckSkip(current, moment) is { } refusal)
            return refusal;
        var voters = current.Ballots.Of(ballot.Kind);
        if (voters.Contains(actor.UserId) == ballot.IsOn)
            return QueueDecision.Unchanged(queue);
        if (ballot.IsOn && voters.Count >= moment.Settings.VotersMax)
            return Refusals.Limit(RefusalCode.RateLimited, "The song has as many votes as are counted.", moment.Settings.VotersMax);
        return QueueDecision.Of(queue, new BallotChanged(ballot.EntryId, actor.UserId, ballot.Kind, ballot.IsOn, moment.NowMs));
    }

    /// <summary>What ends the current song by the say of the members; null if it goes on. To be asked after each command and each change of the electorate.</summary>
    public static BallotKind? Outcome(SongQueue queue, QueueMoment moment) => queue.Current is { } current
        ? BallotRules.Outcome(current.Ballots, moment.Electorate, moment.Settings.Skip, current.StartedAtMs, moment.NowMs)
        : null;

    private static Refusal? CheckSkip(PlayingSong current, QueueMoment moment)
    {
        if (moment.Settings.IsVotingOff)
            return Refusals.Final(RefusalCode.VotingDisabled, "The room does not vote.");
        var guardLeftMs = BallotRules.GuardLeftMs(current.StartedAtMs, moment.NowMs);
        return guardLeftMs > 0
            ? Refusals.Retry(RefusalCode.SkipTooEarly, "The song has only just started.", TimeSpan.FromMilliseconds(guardLeftMs))
            : null;
    }

    private static bool IsVotedDown(SongQueue queue, QueuedSong song, QueueMoment moment) =>
        moment.Settings.RemovesVotedDown && queue.Songs.ContainsKey(song.EntryId)
        && song.Score < -moment.Settings.Skip.Need(moment.Electorate.Eligible.Count);
}
