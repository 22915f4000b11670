using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Order;

namespace WhatsSound.Grains.Queue.Songs;

/// <summary>Which queued entries are of one song: more than one only where the room allows duplicates.</summary>
internal sealed record SongIndex
{
    public static SongIndex Empty { get; } = new();

    private ImmutableDictionary<string, ImmutableSortedSet<(long Sequence, string EntryId)>> Entries { get; init; } =
        ImmutableDictionary<string, ImmutableSortedSet<(long, string)>>.Empty;

    /// <summary>The first entry of the song; null if none is queued.</summary>
    public string? Find(string address) => Entries.TryGetValue(address, out var entries) ? entries.Min.EntryId : null;

    public SongIndex Add(QueuedSong song)
    {
        var address = TrackAddress.Of(song.Track.Url);
        var entries = Entries.GetValueOrDefault(address) ?? [];
        return this with { Entries = Entries.SetItem(address, entries.Add((song.Sequence, song.EntryId))) };
    }

    public SongIndex Remove(QueuedSong song)
    {
        var address = TrackAddress.Of(song.Track.Url);
        var left = Entries[address].Remove((song.Sequence, song.EntryId));
        return this with { Entries = left.IsEmpty ? Entries.Remove(address) : Entries.SetItem(address, left) };
    }
}
