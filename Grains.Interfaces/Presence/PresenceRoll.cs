using System.Collections.Immutable;

namespace WhatsSound.Presence;

/// <summary>
/// A page of a gateway's list of its connections in a channel: of those with numbers above <see cref="After"/> and up to <see cref="UpTo"/> there are these, and no
/// others. A page that comes late or twice does no harm: what has come or gone since has a higher number.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.PresenceRoll")]
public sealed record PresenceRoll
{
    /// <summary>Whose list it is.</summary>
    [Id(0)] public required Guid GatewayId { get; init; }

    /// <summary>The number below the page's first.</summary>
    [Id(1)] public required long After { get; init; }

    /// <summary>The page's last number. As <see cref="After"/>: nothing is said of connections that are not here.</summary>
    [Id(2)] public required long UpTo { get; init; }

    /// <summary>The entries, as they were made: up to 128.</summary>
    [Id(3)] public required ImmutableArray<PresenceEntry> Entries { get; init; }

    /// <summary>The ids of connections of which nothing is said, since an entry or exit is under way for them.</summary>
    [Id(4)] public ImmutableArray<string> Unsettled { get; init; } = [];
}
