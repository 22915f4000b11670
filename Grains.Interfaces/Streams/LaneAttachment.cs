namespace WhatsSound.Streams;

/// <summary>A gateway's end of its lanes.</summary>
[GenerateSerializer, Immutable, Alias("ws.LaneAttachment")]
public sealed record LaneAttachment
{
    /// <summary>Made by the gateway at start.</summary>
    [Id(0)] public required Guid GatewayId { get; init; }

    /// <summary>Where batches go. One object per gateway; calls to it come one at a time.</summary>
    [Id(1)] public required ILaneReceiver Receiver { get; init; }
}
