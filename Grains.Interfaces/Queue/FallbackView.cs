namespace WhatsSound.Queue;

/// <summary>A room's fallback playlist as everybody is told of it: not its tracks, of which there may be more than a message takes.</summary>
[GenerateSerializer, Immutable, Alias("ws.FallbackView")]
public sealed record FallbackView
{
    /// <summary>How many tracks it has; 0: nothing plays when nothing is queued.</summary>
    [Id(0)] public int Count { get; init; }

    /// <summary>Who chose them; null: nobody has chosen yet.</summary>
    [Id(1)] public string? SetByUserId { get; init; }

    /// <summary>Rises with each choice; 0 before the first.</summary>
    [Id(2)] public long Revision { get; init; }
}
