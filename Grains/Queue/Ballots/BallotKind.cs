namespace WhatsSound.Grains.Queue.Ballots;

/// <summary>What members can vote on about the song that plays. Each ends it, once enough have said so.</summary>
internal enum BallotKind
{
    /// <summary>They want the next one.</summary>
    Skip,

    /// <summary>Their player says that it is over.</summary>
    Ended,

    /// <summary>Their player cannot play it.</summary>
    Unplayable,
}
