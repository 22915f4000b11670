using System.Collections.Immutable;
using WhatsSound.Presence;
using WhatsSound.Publications;

namespace WhatsSound.Users;

/// <summary>What a parked session keeps of a channel that it was attached to: a place and how it listened, and nothing of what was under way.</summary>
[GenerateSerializer, Immutable, Alias("ws.ParkedChannel")]
public sealed record ParkedChannel
{
    /// <summary>The channel's name.</summary>
    [Id(0)] public required string Channel { get; init; }

    /// <summary>
    /// Up to where the session was sent everything; null: that is not known. What was sent may not have arrived: it is no proof of what the client has, but the place from which a count
    /// of what did arrive is taken back (<see cref="ParkedSession.PositionsAt"/>).
    /// </summary>
    [Id(1)] public Position? Sent { get; init; }

    /// <summary>Whether it hears its own publications.</summary>
    [Id(2)] public bool HasEcho { get; init; } = true;

    /// <summary>The events that it asked for; empty: all.</summary>
    [Id(3)] public ImmutableArray<string> Events { get; init; } = [];

    /// <summary>The headers that publications must have for it; empty: any.</summary>
    [Id(4)] public ImmutableDictionary<string, string> Headers { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>What it showed in presence; null: it was not there.</summary>
    [Id(5)] public Payload? Info { get; init; }

    /// <summary>Whether it is told how many are in the channel.</summary>
    [Id(6)] public bool FollowsOccupancy { get; init; }

    /// <summary>What it is told of presence.</summary>
    [Id(7)] public PresenceShape Presence { get; init; }

    /// <summary>The key of those that it does not take; null: it takes all. An older gateway gives it all.</summary>
    [Id(8)] public string? NotKey { get; init; }

    /// <summary>About how many bytes it takes.</summary>
    public int BytesEstimate =>
        64 + (2 * Channel.Length) + (Info?.Length ?? 0) + Events.Sum(static name => 16 + (2 * name.Length)) + Headers.Sum(static header => 32 + (2 * (header.Key.Length + header.Value.Length)));
}
