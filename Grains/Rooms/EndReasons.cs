namespace WhatsSound.Grains.Rooms;

/// <summary>Why a song ended; the words are part of the protocol.</summary>
internal static class EndReasons
{
    public const string Completed = "completed";
    public const string VoteSkip = "voteSkip";
    public const string HostSkip = "hostSkip";
    public const string Removed = "removed";
}
