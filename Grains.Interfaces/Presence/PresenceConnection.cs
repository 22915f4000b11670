using System.Text.Json.Serialization;
using WhatsSound.Publications;

namespace WhatsSound.Presence;

/// <summary>A connection that is here, and what it shows, for who follows connections. One that was lost is here until the grace is over.</summary>
[GenerateSerializer, Immutable, Alias("ws.PresenceConnection")]
public sealed record PresenceConnection
{
    /// <summary>Whose it is.</summary>
    [Id(0)] public required string UserId { get; init; }

    /// <summary>Which it is: the same over all connections of a session that is resumed.</summary>
    [Id(1)] public required string ConnectionId { get; init; }

    /// <summary>What it shows: JSON of any shape. It says nothing about who they are.</summary>
    [Id(2)] public Payload Info { get; init; }

    /// <summary>What the user's token calls them; null where it says nothing.</summary>
    [Id(3)] public string? DisplayName { get; init; }

    /// <summary>When it entered, Unix milliseconds.</summary>
    [Id(4)] public required long EnteredAtMs { get; init; }

    /// <summary>The number of what it shows: another with each change, and never that of another connection.</summary>
    [Id(5)] public required long Number { get; init; }

    /// <summary>In an <c>updated</c>: the number of what was told before.</summary>
    [Id(6), JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Replaces { get; init; }
}
