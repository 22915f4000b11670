using System.Collections.Immutable;
using System.Text.Json.Serialization;
using WhatsSound.Publications;

namespace WhatsSound.Presence;

/// <summary>Who is in a channel. Later presence publications, those above <see cref="Position"/>, continue it.</summary>
[GenerateSerializer, Immutable, Alias("ws.PresenceView")]
public sealed record PresenceView
{
    /// <summary>How many users are here.</summary>
    [Id(0)] public required int Total { get; init; }

    /// <summary>
    /// Everybody, by the time they joined, if the channel has up to its detailed limit; otherwise a sample of 10: hosts first, then the most recently active.
    /// </summary>
    [Id(1)] public required ImmutableArray<PresenceMember> Members { get; init; }

    /// <summary>Whether <see cref="Members"/> is everybody.</summary>
    [Id(2)] public required bool IsComplete { get; init; }

    /// <summary>How many members published, entered or renewed by hand in the last minute.</summary>
    [Id(3)] public required int ActiveLastMinute { get; init; }

    /// <summary>The channel's head: all presence up to here is included.</summary>
    [Id(4)] public required Position Position { get; init; }

    /// <summary>Grows with every change of membership, also over activations of the channel; for watchers.</summary>
    [Id(5)] public required long Version { get; init; }

    /// <summary>Where connections were asked for: a page of them, and <see cref="Members"/> is empty.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ConnectionsPage? Connections { get; init; }
}
