namespace WhatsSound.Playback;

/// <summary>A song that a player can load ahead, since it is likely to play next. Not a promise: votes may still change it.</summary>
[GenerateSerializer, Immutable, Alias("ws.LoadHint")]
public sealed record LoadHint
{
    /// <summary>The entry.</summary>
    [Id(0)] public required string EntryId { get; init; }

    /// <summary>Where its audio is.</summary>
    [Id(1)] public required string Url { get; init; }
}
