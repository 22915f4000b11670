namespace WhatsSound.Grains.Queue.Commands;

/// <summary>What several rules say no with.</summary>
internal static class SongRefusals
{
    public static Refusal EntryNotFound(string entryId) => Refusals.Final(RefusalCode.EntryNotFound, "There is no such entry in the queue.", entryId);

    public static Refusal Forbidden(string message) => Refusals.Final(RefusalCode.Forbidden, message, "queue.manage");

    public static Refusal NothingPlaying() => Refusals.Final(RefusalCode.NothingPlaying, "No song is playing or paused.");

    public static Refusal Stale(string currentEntryId) => Refusals.Final(RefusalCode.StaleEntry, "Another song is current.", currentEntryId);

    public static Refusal QueueFull(int songsMax) => Refusals.Limit(RefusalCode.QueueFull, $"The queue takes {songsMax} songs.", songsMax);

    public static Refusal QueueLocked() => Refusals.Final(RefusalCode.QueueLocked, "Nobody may add songs for now.");

    public static Refusal UserQuota(UserQuota quota) => Refusals.Limit(RefusalCode.UserQuota, $"A user may have {quota.SongsMax} songs queued.", quota.SongsMax);

    public static Refusal Duplicate(string entryId) => Refusals.Final(RefusalCode.DuplicateTrack, "The track is in the queue already.", entryId);

    public static Refusal RecentlyPlayed(long forMs) => Refusals.Retry(RefusalCode.RecentlyPlayed, "The song was played not long ago.", TimeSpan.FromMilliseconds(forMs));
}
