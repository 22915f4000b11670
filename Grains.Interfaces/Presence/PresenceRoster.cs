using System.Collections.Immutable;

namespace WhatsSound.Presence;

/// <summary>Everybody who is in a channel, for a watcher; whatever the channel's detailed limit is.</summary>
[GenerateSerializer, Immutable, Alias("ws.PresenceRoster")]
public sealed record PresenceRoster
{
    /// <summary>Grows with every change of membership, also over activations of the channel.</summary>
    [Id(0)] public required long Version { get; init; }

    /// <summary>True: the watcher knew this version, and <see cref="Members"/> is left empty.</summary>
    [Id(1)] public required bool IsUnchanged { get; init; }

    /// <summary>Every member, by the time they joined.</summary>
    [Id(2)] public required ImmutableArray<RosterMember> Members { get; init; }

    /// <summary>
    /// The version with which this activation of the channel began. A watcher that knew only an earlier one knows members whom the channel has forgotten,
    /// until their gateways enter them again.
    /// </summary>
    [Id(3)] public required long FirstVersion { get; init; }
}
