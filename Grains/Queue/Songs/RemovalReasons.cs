namespace WhatsSound.Grains.Queue.Songs;

/// <summary>Why a song left the queue without being played; the words are stored.</summary>
internal static class RemovalReasons
{
    public const string Removed = "removed";
    public const string RecentlyPlayed = "recentlyPlayed";
    public const string VotedDown = "votedDown";
}
