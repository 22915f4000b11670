using System.Collections.Immutable;

namespace WhatsSound.Control;

/// <summary>What a follower of <see cref="IControlGrain"/> does not know yet.</summary>
[GenerateSerializer, Immutable, Alias("ws.ControlChanges")]
public sealed record ControlChanges
{
    /// <summary>The version of the rules of now; 0: none was ever set.</summary>
    [Id(0)] public required long RulesVersion { get; init; }

    /// <summary>Whether the rules are others than those that the follower knows: then all are here.</summary>
    [Id(1)] public bool HaveRulesChanged { get; init; }

    /// <summary>All rules that are set, in the order of their patterns; none, where they have not changed.</summary>
    [Id(2)] public ImmutableArray<StoredRule> Rules { get; init; } = [];

    /// <summary>The number of the newest revocation; 0: there is none.</summary>
    [Id(3)] public required long RevocationsNumber { get; init; }

    /// <summary>Those above the number that the follower knows, in the order of their numbers, up to <see cref="IControlGrain.PageMax"/>.</summary>
    [Id(4)] public ImmutableArray<Revocation> Revocations { get; init; } = [];
}
