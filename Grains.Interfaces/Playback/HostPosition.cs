namespace WhatsSound.Playback;

/// <summary>Where the host's player says it is. The room re-anchors its vector only on real drift; a listener may show it.</summary>
[GenerateSerializer, Immutable, Alias("ws.HostPosition")]
public sealed record HostPosition
{
    /// <summary>The entry it speaks of.</summary>
    [Id(0)] public required string EntryId { get; init; }

    /// <summary>Milliseconds from the song's start.</summary>
    [Id(1)] public required long PositionMs { get; init; }

    /// <summary>Room time of the report, Unix milliseconds.</summary>
    [Id(2)] public required long AtMs { get; init; }
}
