using WhatsSound.Grains.Queue.Ballots;

namespace WhatsSound.Grains.Rooms;

/// <summary>Why a song ended; the words are part of the protocol.</summary>
internal static class EndReasons
{
    public const string Completed = "completed";
    public const string VoteSkip = "voteSkip";

    /// <summary>The host ended it.</summary>
    public const string HostSkip = "hostSkip";

    /// <summary>Another member who may ended it, or who had added it. Until there was this, it was <see cref="HostSkip"/> too, and <see cref="Removed"/> of who had added it.</summary>
    public const string Skipped = "skipped";

    public const string Removed = "removed";

    /// <summary>The players of enough members could not play it.</summary>
    public const string Error = "error";

    /// <summary>Of a song that a member ended.</summary>
    public static string OfSkip(Room room, string userId) => room.HostUserId == userId ? HostSkip : Skipped;

    /// <summary>Of a song that members ended.</summary>
    public static string Of(BallotKind outcome) => outcome switch
    {
        BallotKind.Skip => VoteSkip,
        BallotKind.Ended => Completed,
        _ => Error,
    };
}
