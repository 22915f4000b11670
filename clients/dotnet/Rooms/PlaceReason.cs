namespace WhatsSound.Client;

/// <summary>Why a song stands where it does.</summary>
/// <param name="EntryId">The song.</param>
/// <param name="Place">1 is played next.</param>
/// <param name="Total">How many are queued in all.</param>
/// <param name="Mode">How the queue is ordered.</param>
/// <param name="Turn">Which of its contributor's songs it is; 1 is the next of theirs.</param>
/// <param name="Score">Up votes less down votes.</param>
/// <param name="Before">The first of the songs that come before it.</param>
/// <param name="RoundsAhead">In how many rounds its contributor's turn for it comes; null where there are none.</param>
/// <param name="BonusPercent">How far votes move it up, in hundredths of a round; null where they do not.</param>
/// <param name="PinnedBy">Who pinned it.</param>
/// <param name="IsOrderedByHand">Whether its contributor has ordered their songs by hand.</param>
public sealed record PlaceReason(
    string EntryId,
    int Place,
    int Total,
    string Mode,
    int Turn,
    int Score,
    IReadOnlyList<PlaceBefore> Before,
    int? RoundsAhead = null,
    int? BonusPercent = null,
    string? PinnedBy = null,
    bool IsOrderedByHand = false);

/// <summary>A song that comes before another one, and why.</summary>
/// <param name="EntryId">The song.</param>
/// <param name="AddedBy">The user who added it.</param>
/// <param name="Cause"><c>pinned</c>, <c>turn</c>, <c>votes</c>, <c>ownOrder</c>, <c>moved</c> or <c>earlier</c>.</param>
public sealed record PlaceBefore(string EntryId, string AddedBy, string Cause);
