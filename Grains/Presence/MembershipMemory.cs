using System.Collections.Immutable;
using WhatsSound.Presence;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Presence;

/// <summary>Who is in a channel, while it moves. Nothing waits to be told.</summary>
[GenerateSerializer, Immutable, Alias("ws.MembershipMemory")]
internal sealed record MembershipMemory
{
    [Id(0)] public required long FirstVersion { get; init; }

    [Id(1)] public required long Version { get; init; }

    [Id(2)] public required ImmutableArray<MemberMemory> Members { get; init; }

    [Id(3)] public required ImmutableArray<string> Hosts { get; init; }

    /// <summary>The gateways that were asked to enter their connections again.</summary>
    [Id(4)] public required ImmutableArray<Guid> Doubted { get; init; }

    /// <summary>Whether members are told in summary.</summary>
    [Id(5)] public required bool IsInSummary { get; init; }

    /// <summary>The earliest time of the next summary, room time.</summary>
    [Id(6)] public required long NextSummaryMs { get; init; }

    /// <summary>Whether a summary is due then.</summary>
    [Id(7)] public required bool IsSummaryDue { get; init; }
}

/// <summary>A member.</summary>
[GenerateSerializer, Immutable, Alias("ws.MemberMemory")]
internal sealed record MemberMemory
{
    [Id(0)] public required string UserId { get; init; }

    [Id(1)] public required Payload Info { get; init; }

    [Id(2)] public required long JoinedAtMs { get; init; }

    [Id(3)] public required long ActiveAtMs { get; init; }

    /// <summary>When the member is gone, room time; null while there is a connection.</summary>
    [Id(4)] public required long? GraceEndMs { get; init; }

    [Id(5)] public required ImmutableArray<ConnectionMemory> Connections { get; init; }

    [Id(6)] public string? DisplayName { get; init; }
}

/// <summary>A connection of a member.</summary>
[GenerateSerializer, Immutable, Alias("ws.ConnectionMemory")]
internal readonly record struct ConnectionMemory(
    [property: Id(0)] string ConnectionId, [property: Id(1)] Guid GatewayId, [property: Id(2)] bool IsConfirmed)
{
    [Id(3)] public string? DisplayName { get; init; }

    [Id(4)] public Payload Info { get; init; }

    /// <summary>See <see cref="MemberConnection"/>; 0: written by a program that knew of each member only what is shown.</summary>
    [Id(5)] public long Ordinal { get; init; }

    public static ConnectionMemory Of(MemberConnection connection) => new(connection.Entry.ConnectionId, connection.GatewayId, connection.IsConfirmed)
    {
        DisplayName = connection.Entry.DisplayName,
        Info = connection.Entry.Info,
        Ordinal = connection.Ordinal,
    };

    public MemberConnection ToConnection(MemberMemory member) => new(
        new PresenceEntry
        {
            UserId = member.UserId,
            ConnectionId = ConnectionId,
            GatewayId = GatewayId,
            DisplayName = Ordinal == 0 ? member.DisplayName : DisplayName,
            Info = Ordinal == 0 ? member.Info : Info,
        },
        Ordinal,
        IsConfirmed);
}
