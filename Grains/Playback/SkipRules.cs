using WhatsSound.Grains.Presence;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Playback;

/// <summary>When the members have voted a song away.</summary>
internal static class SkipRules
{
    /// <summary>Who came less than this ago has no say yet: nobody floods a room to skip.</summary>
    public const long EligibleAfterMs = 10_000;

    /// <summary>A song cannot be voted away in its first seconds: two votes that race the start of the next song must not hit it too.</summary>
    public const long GuardMs = 5_000;

    /// <summary>
    /// How many of the eligible must want it: 1 of 1; otherwise half of them, but at least 2 and at most 3 times the square root: half of a large room
    /// never votes.
    /// </summary>
    public static int Need(int eligible)
    {
        if (eligible <= 1)
            return 1;
        var half = (eligible + 1) / 2;
        var root = (int)Math.Ceiling(3 * Math.Sqrt(eligible));
        return Math.Max(2, Math.Min(half, root));
    }

    public static SkipTally Tally(PlaybackState playback, Attendance attendance, long nowMs)
    {
        var eligible = 0;
        var have = 0;
        foreach (var (userId, joinedAtMs) in attendance.Members)
        {
            if (nowMs - joinedAtMs < EligibleAfterMs)
                continue;
            eligible++;
            if (playback.SkipVoters.Contains(userId))
                have++;
        }

        return new SkipTally { Have = have, Need = Need(eligible) };
    }

    /// <summary>How much of the song's guard is left; zero or less: it is over.</summary>
    public static long GuardLeftMs(PlaybackState playback, long nowMs) => playback.StartedAtMs + GuardMs - nowMs;

    /// <summary>When the next member becomes eligible, while there are votes that this can change; otherwise null.</summary>
    public static long? NextEligibleAtMs(PlaybackState playback, Attendance attendance, long nowMs)
    {
        if (playback.SkipVoters.IsEmpty)
            return null;
        long? next = null;
        foreach (var joinedAtMs in attendance.Members.Values)
        {
            var eligibleAtMs = joinedAtMs + EligibleAfterMs;
            if (eligibleAtMs > nowMs && (next is null || eligibleAtMs < next))
                next = eligibleAtMs;
        }

        return next;
    }
}
