namespace WhatsSound.Rooms;

/// <summary>How far a vote to skip has come.</summary>
[GenerateSerializer, Immutable, Alias("ws.SkipTally")]
public sealed record SkipTally
{
    /// <summary>Votes of eligible members.</summary>
    [Id(0)] public required int Have { get; init; }

    /// <summary>Votes needed.</summary>
    [Id(1)] public required int Need { get; init; }
}
