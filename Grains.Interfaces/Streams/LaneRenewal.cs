using System.Collections.Immutable;

namespace WhatsSound.Streams;

/// <summary>
/// Says again, in one message, what a gateway said when it renewed its leases in channels one by one. Each of those renewals has a number; that of a channel in
/// which nothing has happened since stands.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.LaneRenewal")]
public sealed record LaneRenewal
{
    /// <summary>Made by the gateway at start.</summary>
    [Id(0)] public required Guid GatewayId { get; init; }

    /// <summary>At which the renewals stand.</summary>
    [Id(1)] public required Guid LaneId { get; init; }

    /// <summary>Nothing is said of renewals with higher numbers: their answers are under way.</summary>
    [Id(2)] public required long UpTo { get; init; }

    /// <summary>How many stand.</summary>
    [Id(3)] public required int Count { get; init; }

    /// <summary>Which, as <see cref="StandingDigest"/> makes it.</summary>
    [Id(4)] public required ulong Digest { get; init; }

    /// <summary>Those that stand no longer for the gateway, as long as it does not know that the silo has heard of it.</summary>
    [Id(5)] public ImmutableArray<long> Ended { get; init; } = [];
}
