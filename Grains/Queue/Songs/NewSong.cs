using WhatsSound.Queue;

namespace WhatsSound.Grains.Queue.Songs;

/// <summary>A song to be added, with the entry id that was made for it.</summary>
internal sealed record NewSong(string EntryId, Track Track);
