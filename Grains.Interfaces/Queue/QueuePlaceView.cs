namespace WhatsSound.Queue;

/// <summary>A song in the queue's order, for whoever has it.</summary>
public sealed record QueuePlaceView
{
    /// <summary>Which.</summary>
    public required string EntryId { get; init; }

    /// <summary>Up votes less down votes, with the adder's own.</summary>
    public required int Score { get; init; }

    /// <param name="song">The song.</param>
    public static QueuePlaceView Of(QueueEntryView song)
    {
        ArgumentNullException.ThrowIfNull(song);
        return new() { EntryId = song.EntryId, Score = song.Score };
    }
}
