namespace WhatsSound.Client;

/// <summary>A song that was played, with its place among all that were in the room, from 1.</summary>
public sealed record RoomPlay(long Number, PlayedSong Song);
