using System.Collections.Immutable;
using System.Text.Json.Serialization;
using WhatsSound.Grains.Queue.Ballots;
using WhatsSound.Grains.Queue.Songs;
using WhatsSound.Playback;

namespace WhatsSound.Grains.Rooms;

/// <summary>Where the current song is. Which one it is, the queue knows.</summary>
internal sealed record PlaybackState
{
    public required PlaybackVector Vector { get; init; }

    /// <summary>How much of the song was played before the vector's anchor, in milliseconds of the song.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long ListenedMs { get; init; }

    /// <summary>What rooms of schema 2 had here; null otherwise.</summary>
    [JsonIgnore]
    internal PlayingSong? FormerlyPlaying => FormerCurrent is null ? null : new PlayingSong
    {
        Song = FormerCurrent.ToSong(),
        StartedAtMs = FormerStartedAtMs,
        Ballots = SongBallots.None with { Skip = FormerSkipVoters ?? [] },
    };

    [JsonInclude, JsonPropertyName("current"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal FormerEntry? FormerCurrent { get; init; }

    [JsonInclude, JsonPropertyName("startedAtMs"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    internal long FormerStartedAtMs { get; init; }

    [JsonInclude, JsonPropertyName("skipVoters"), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    internal ImmutableHashSet<string>? FormerSkipVoters { get; init; }
}
