using System.Collections.Immutable;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Queue.Ballots;

/// <summary>When those who have a say have ended a song. To be asked after each ballot, and after each change of the electorate.</summary>
internal static class BallotRules
{
    /// <summary>A song cannot be voted away in its first seconds: two votes that race the start of the next song must not hit it too.</summary>
    public const long GuardMs = 5_000;

    public static SkipTally Tally(SongBallots ballots, Electorate electorate, SkipThreshold threshold) =>
        new() { Have = Have(ballots.Skip, electorate), Need = threshold.Need(electorate.Eligible.Count) };

    /// <summary>
    /// What the song ends of; null if it goes on. Players that say it is over and players that cannot play it count together, since neither plays; what more
    /// of them say is the reason.
    /// </summary>
    public static BallotKind? Outcome(SongBallots ballots, Electorate electorate, SkipThreshold threshold, long startedAtMs, long nowMs)
    {
        var need = threshold.Need(electorate.Eligible.Count);
        if (GuardLeftMs(startedAtMs, nowMs) <= 0 && Have(ballots.Skip, electorate) >= need)
            return BallotKind.Skip;
        if (Have(ballots.Ended.Union(ballots.Unplayable), electorate) < need)
            return null;
        return Have(ballots.Ended, electorate) >= Have(ballots.Unplayable, electorate) ? BallotKind.Ended : BallotKind.Unplayable;
    }

    /// <summary>How much of the song's guard is left; zero or less: it is over.</summary>
    public static long GuardLeftMs(long startedAtMs, long nowMs) => startedAtMs + GuardMs - nowMs;

    private static int Have(ImmutableHashSet<string> voters, Electorate electorate) => voters.Count(electorate.Eligible.Contains);
}
