using System.Collections.Immutable;

namespace WhatsSound.Presence;

/// <summary>A change of membership for a watcher.</summary>
[GenerateSerializer, Immutable, Alias("ws.PresenceDelta")]
public sealed record PresenceDelta
{
    /// <summary>The version before this change; it continues what the watcher knows only if that is its version.</summary>
    [Id(0)] public required long PreviousVersion { get; init; }

    /// <summary>The version after it.</summary>
    [Id(1)] public required long Version { get; init; }

    /// <summary>Who joined.</summary>
    [Id(2)] public required ImmutableArray<string> Joined { get; init; }

    /// <summary>Who left.</summary>
    [Id(3)] public required ImmutableArray<string> Left { get; init; }

    /// <summary>Who of them said goodbye, and is not coming back as far as anybody knows. An older channel does not say.</summary>
    [Id(4)] public ImmutableArray<string> SaidGoodbye { get; init; } = [];
}
