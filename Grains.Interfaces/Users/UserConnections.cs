using System.Collections.Immutable;

namespace WhatsSound.Users;

/// <summary>A user's connections.</summary>
[GenerateSerializer, Immutable, Alias("ws.UserConnections")]
public sealed record UserConnections
{
    /// <summary>In the order in which they came.</summary>
    [Id(0)] public required ImmutableArray<UserConnection> Connections { get; init; }

    /// <summary>Of the gateway that asked: connections that are to be ended, since newer ones took their places.</summary>
    [Id(1)] public ImmutableArray<string> Ended { get; init; } = [];

    /// <summary>Whether there is any.</summary>
    public bool IsOnline => !Connections.IsDefaultOrEmpty;
}
