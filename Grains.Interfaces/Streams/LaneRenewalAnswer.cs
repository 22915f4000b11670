using System.Collections.Immutable;

namespace WhatsSound.Streams;

/// <summary>What the silo knows of the renewals that stand at a lane.</summary>
[GenerateSerializer, Immutable, Alias("ws.LaneRenewalAnswer")]
public sealed record LaneRenewalAnswer
{
    /// <summary>False: there is no such lane here, or others stand than the gateway says. Then none stands any more.</summary>
    [Id(0)] public required bool IsKnown { get; init; }

    /// <summary>Those whose channels have something new to say, so that they do not stand any more; told until the gateway says that it knows.</summary>
    [Id(1)] public ImmutableArray<long> Ended { get; init; } = [];
}
