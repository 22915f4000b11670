using WhatsSound.Publications;

namespace WhatsSound.Channels;

/// <summary>The acknowledgement of a publication; given only once the promise of the channel's rules is kept.</summary>
[GenerateSerializer, Immutable, Alias("ws.Published")]
public sealed record Published
{
    /// <summary>Where the publication is.</summary>
    [Id(0)] public required Position Position { get; init; }

    /// <summary>When the channel took it, Unix milliseconds.</summary>
    [Id(1)] public required long TimeMs { get; init; }
}
