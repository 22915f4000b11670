namespace WhatsSound.Client;

/// <summary>What of a user's was played in a room, and how much of it counts.</summary>
public sealed record DjStatistics(string UserId, int Plays, int CountedPlays, string? Name = null);
