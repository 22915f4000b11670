namespace WhatsSound.Client;

/// <summary>A song that was played.</summary>
/// <param name="EntryId">Its id in this room.</param>
/// <param name="Track">What was played.</param>
/// <param name="AddedBy">The user who had added it.</param>
/// <param name="EndedAtMs">When it ended, Unix milliseconds.</param>
/// <param name="AddedByName">What the adder's token called them then.</param>
public sealed record PlayedSong(string EntryId, Track Track, string AddedBy, long EndedAtMs, string? AddedByName = null)
{
    /// <summary>When it began, Unix milliseconds.</summary>
    public long StartedAtMs { get; init; }

    /// <summary><c>completed</c>, <c>voteSkip</c>, <c>hostSkip</c>, <c>skipped</c> by another who may or who had added it, <c>removed</c> (the room closed), or <c>error</c>.</summary>
    public string EndReason { get; init; } = "";

    /// <summary>Up votes less down votes when it ended.</summary>
    public int Score { get; init; }

    /// <summary>How many wanted it skipped.</summary>
    public int SkipVotes { get; init; }

    /// <summary>The most members who were there while it played.</summary>
    public int PeakListeners { get; init; }

    /// <summary>How many were there on average.</summary>
    public double AverageListeners { get; init; }

    /// <summary>How much of it was played, in milliseconds of the song.</summary>
    public long ListenedMs { get; init; }

    /// <summary>Whether it counts: half of it was played, or four minutes.</summary>
    public bool IsCounted { get; init; }

    /// <summary>Whether it was of the fallback playlist, which <see cref="AddedBy"/> had set: it is nobody's own.</summary>
    public bool IsFallback { get; init; }
}
