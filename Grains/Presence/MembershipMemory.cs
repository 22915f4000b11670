using System.Collections.Immutable;
using System.Text.Json.Serialization;
using WhatsSound.Presence;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Presence;

/// <summary>
/// Who is in a channel, while it moves, or while it has lost its memory. Nothing waits to be told. In messages and in the database: fields are added, never changed.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.MembershipMemory")]
internal sealed record MembershipMemory
{
    [Id(0)] public required long FirstVersion { get; init; }

    [Id(1)] public required long Version { get; init; }

    [Id(2)] public required ImmutableArray<MemberMemory> Members { get; init; }

    [Id(3)] public required ImmutableArray<string> Hosts { get; init; }

    /// <summary>For older programs, which must find it: they mark gateways here.</summary>
    [Id(4), JsonIgnore] public ImmutableArray<Guid> Doubted { get; init; } = [];

    /// <summary>Whether members are told in summary.</summary>
    [Id(5)] public required bool IsInSummary { get; init; }

    /// <summary>The earliest time of the next summary, room time.</summary>
    [Id(6)] public required long NextSummaryMs { get; init; }

    /// <summary>Whether a summary is due then.</summary>
    [Id(7)] public required bool IsSummaryDue { get; init; }

    /// <summary>Who has left lately, the oldest first. An older program leaves it out, and the database does not keep it: what a crash interrupts comes late by less.</summary>
    [Id(8), JsonIgnore] public ImmutableArray<ExitMemory> Exits { get; init; } = [];

    /// <summary>Whether who follows connections has been told of these, one by one; an older program says no.</summary>
    [Id(9)] public bool AreConnectionsTold { get; init; }
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
    [Id(4)] public long? GraceEndMs { get; init; }

    [Id(5)] public required ImmutableArray<ConnectionMemory> Connections { get; init; }

    [Id(6)] public string? DisplayName { get; init; }

    /// <summary>Connections that were lost, and are shown for a while. An older program leaves them out.</summary>
    [Id(7)] public ImmutableArray<ConnectionMemory> Lost { get; init; } = [];

    /// <summary>See <see cref="MemberState"/>. An older program leaves it out.</summary>
    [Id(8)] public bool SaidGoodbye { get; init; }
}

/// <summary>A connection of a member.</summary>
[GenerateSerializer, Immutable, Alias("ws.ConnectionMemory")]
internal readonly record struct ConnectionMemory
{
    [Id(0)] public required string ConnectionId { get; init; }

    [Id(1)] public required Guid GatewayId { get; init; }

    /// <summary>For older programs, which must find it set.</summary>
    [Id(2), JsonIgnore] public bool IsConfirmed { get; init; }

    [Id(3)] public string? DisplayName { get; init; }

    [Id(4)] public Payload Info { get; init; }

    /// <summary>See <see cref="MemberConnection"/>; 0: written by a program that knew of each member only what is shown.</summary>
    [Id(5)] public long Ordinal { get; init; }

    /// <summary>See <see cref="PresenceEntry"/>.</summary>
    [Id(6)] public long Sequence { get; init; }

    /// <summary>See <see cref="PresenceEntry"/>; null: that of the connection.</summary>
    [Id(7)] public string? SessionId { get; init; }

    /// <summary>See <see cref="MemberConnection"/>.</summary>
    [Id(8)] public long EnteredAtMs { get; init; }

    /// <summary>See <see cref="MemberConnection"/>.</summary>
    [Id(9)] public long ShownSince { get; init; }

    /// <summary>See <see cref="MemberConnection"/>.</summary>
    [Id(10)] public long? LostUntilMs { get; init; }

    public static ConnectionMemory Of(MemberConnection connection) => new()
    {
        ConnectionId = connection.Entry.ConnectionId,
        GatewayId = connection.Entry.GatewayId,
        IsConfirmed = true,
        DisplayName = connection.Entry.DisplayName,
        Info = connection.Entry.Info,
        Ordinal = connection.Ordinal,
        Sequence = connection.Entry.Sequence,
        SessionId = connection.Entry.SessionId,
        EnteredAtMs = connection.EnteredAtMs,
        ShownSince = connection.ShownSince,
        LostUntilMs = connection.LostUntilMs,
    };

    public MemberConnection ToConnection(MemberMemory member) => new(
        new PresenceEntry
        {
            UserId = member.UserId,
            ConnectionId = ConnectionId,
            GatewayId = GatewayId,
            DisplayName = Ordinal == 0 ? member.DisplayName : DisplayName,
            Info = Ordinal == 0 ? member.Info : Info,
            Sequence = Sequence,
            SessionId = SessionId,
        },
        Ordinal)
    {
        EnteredAtMs = EnteredAtMs == 0 ? member.JoinedAtMs : EnteredAtMs,
        ShownSince = ShownSince == 0 ? Ordinal : ShownSince,
        LostUntilMs = LostUntilMs,
    };
}

/// <summary>An exit, as in <see cref="RecentExits"/>.</summary>
[GenerateSerializer, Immutable, Alias("ws.ExitMemory")]
internal readonly record struct ExitMemory(
    [property: Id(0)] string UserId, [property: Id(1)] string ConnectionId, [property: Id(2)] long Sequence, [property: Id(3)] long EndMs)
{
    public ConnectionName Name => new(UserId, ConnectionId);
}
