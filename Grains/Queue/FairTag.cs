namespace WhatsSound.Grains.Queue;

/// <summary>How far a contributor has been served.</summary>
/// <param name="Finish">The finish tag F_u, in hundredths of a round.</param>
/// <param name="ServedAtMs">When a song of theirs last started, room time.</param>
internal sealed record FairTag(long Finish, long ServedAtMs);
