namespace WhatsSound.Channels;

/// <summary>How many sessions of a gateway are attached to a channel. It counts as long as the gateway's lease, or until the next.</summary>
[GenerateSerializer, Immutable, Alias("ws.GatewaySubscribers")]
public sealed record GatewaySubscribers
{
    /// <summary>Made by the gateway at start; another run of it is another id.</summary>
    [Id(0)] public required Guid GatewayId { get; init; }

    /// <summary>How many there are.</summary>
    [Id(1)] public required int Count { get; init; }

    /// <summary>How many of them want to be told of the channel's occupancy.</summary>
    [Id(2)] public int FollowersCount { get; init; }

    /// <summary>Another number than in the report before: somebody has begun to follow since, who may have taken the place of one who does no more.</summary>
    [Id(3)] public long FollowsBegun { get; init; }

    /// <summary>Grows with every report of the gateway; one that comes late counts no more. 0: a gateway of an older version, which does not count them.</summary>
    [Id(4)] public long Number { get; init; }
}
