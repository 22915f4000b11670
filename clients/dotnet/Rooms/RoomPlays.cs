namespace WhatsSound.Client;

/// <summary>What was played in a room, the newest first; <paramref name="Next"/> is where the next page begins, null: there is none.</summary>
public sealed record RoomPlays(IReadOnlyList<RoomPlay> Plays, long? Next = null);
