using System.Collections.Immutable;

namespace WhatsSound.Presence;

/// <summary>
/// The connections that a gateway has in a channel's presence, to be compared with those that the channel knows. Only what is settled is compared: a call that
/// is under way may have arrived or not.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.ConnectionSet")]
public sealed record ConnectionSet
{
    /// <summary>How many there are, but for the unsettled.</summary>
    [Id(0)] public required int Count { get; init; }

    /// <summary>Which they are, as <see cref="ConnectionDigest"/> makes it, with the numbers of their entries; but for the unsettled.</summary>
    [Id(1)] public required ulong Digest { get; init; }

    /// <summary>The last number given when this was said: what has a higher one is not compared. 0: so much is unsettled that nothing is.</summary>
    [Id(2)] public required long UpTo { get; init; }

    /// <summary>The ids of connections that an entry or exit is under way for: up to 256.</summary>
    [Id(3)] public ImmutableArray<string> Unsettled { get; init; } = [];
}
