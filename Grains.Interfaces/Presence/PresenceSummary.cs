using System.Collections.Immutable;

namespace WhatsSound.Presence;

/// <summary>What a large channel tells of its members.</summary>
[GenerateSerializer, Immutable, Alias("ws.PresenceSummary")]
public sealed record PresenceSummary
{
    /// <summary>Up to 10: hosts first, then the most recently active.</summary>
    [Id(0)] public required ImmutableArray<PresenceMember> Sample { get; init; }

    /// <summary>How many were active in the last minute.</summary>
    [Id(1)] public required int ActiveLastMinute { get; init; }
}
