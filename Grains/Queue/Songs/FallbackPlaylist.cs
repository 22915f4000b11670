using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json.Serialization;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Queue.Songs;

/// <summary>What plays when nothing is queued, round and round; without tracks it is silence.</summary>
internal sealed record FallbackPlaylist
{
    public const int TracksMax = SetFallback.TracksMax;

    private const string EntryPrefix = "fallback-";

    public static FallbackPlaylist Silence { get; } = new();

    public ImmutableArray<Track> Tracks { get; init; } = [];

    /// <summary>Who chose them.</summary>
    public string SetBy { get; init; } = "";

    /// <summary>The index to go on from.</summary>
    public int Next { get; init; }

    /// <summary>How often it was chosen; of rooms of before that was counted, since then.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Revision { get; init; }

    public FallbackView ToView() => new() { Count = Tracks.Length, SetByUserId = SetBy is "" ? null : SetBy, Revision = Revision };

    /// <summary>The entry id of a song of it, by the number that it will have among the room's songs.</summary>
    public static string EntryIdOf(long sequence) => string.Create(CultureInfo.InvariantCulture, $"{EntryPrefix}{sequence}");

    /// <summary>Whether an entry was of it: in what was kept before that was marked.</summary>
    public static bool IsEntry(string entryId) => entryId.StartsWith(EntryPrefix, StringComparison.Ordinal);
}
