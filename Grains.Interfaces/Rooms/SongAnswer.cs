namespace WhatsSound.Rooms;

/// <summary>What became of one song of a batch: its entry, or why it was not added.</summary>
[GenerateSerializer, Immutable, Alias("ws.SongAnswer")]
public sealed record SongAnswer
{
    /// <summary>The entry that was made; null: none.</summary>
    [Id(0)] public string? EntryId { get; init; }

    /// <summary>Why not; null: it was added.</summary>
    [Id(1)] public Refusal? Refusal { get; init; }
}
