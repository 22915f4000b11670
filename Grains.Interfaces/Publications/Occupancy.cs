namespace WhatsSound.Publications;

/// <summary>How many are in a channel, in each sense.</summary>
[GenerateSerializer, Immutable, Alias("ws.Occupancy")]
public sealed record Occupancy
{
    /// <summary>Connections in presence.</summary>
    [Id(0)] public required int Connections { get; init; }

    /// <summary>Users in presence.</summary>
    [Id(1)] public required int Users { get; init; }

    /// <summary>Sessions that are attached, on all gateways, as these reported it: a few seconds late.</summary>
    [Id(2)] public required int Subscribers { get; init; }
}
