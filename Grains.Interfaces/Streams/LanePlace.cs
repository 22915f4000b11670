namespace WhatsSound.Streams;

/// <summary>A lane, and where to renew it.</summary>
[GenerateSerializer, Immutable, Alias("ws.LanePlace")]
public sealed record LanePlace
{
    /// <summary>One per silo run and gateway; another one after the lane was given up.</summary>
    [Id(0)] public required Guid LaneId { get; init; }

    /// <summary>The silo that sends by it, as in <see cref="ILanesGrain.KeyOf"/>.</summary>
    [Id(1)] public required string Silo { get; init; }
}
