namespace WhatsSound.Client;

/// <summary>What was played in a room, of all plays that are kept.</summary>
/// <param name="Plays">How many.</param>
/// <param name="CountedPlays">How many count: half was played, or four minutes.</param>
/// <param name="Songs">How many different songs.</param>
/// <param name="Skips">How many ended before their time.</param>
/// <param name="ListenedMs">For how long songs were played.</param>
/// <param name="PeakListeners">The most members who were there during a song.</param>
/// <param name="Djs">Whose songs were played most, up to 10.</param>
/// <param name="SinceMs">When the oldest began, Unix milliseconds; null: there is none.</param>
public sealed record RoomStatistics(int Plays, int CountedPlays, int Songs, int Skips, long ListenedMs, int PeakListeners, IReadOnlyList<DjStatistics> Djs, long? SinceMs = null);
