using System.Collections.Immutable;

namespace WhatsSound.Users;

/// <summary>A user's connections.</summary>
[GenerateSerializer, Immutable, Alias("ws.UserConnections")]
public sealed record UserConnections
{
    /// <summary>In the order in which they came.</summary>
    [Id(0)] public required ImmutableArray<UserConnection> Connections { get; init; }

    /// <summary>Whether there is any.</summary>
    public bool IsOnline => !Connections.IsDefaultOrEmpty;
}
