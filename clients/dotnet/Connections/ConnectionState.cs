namespace WhatsSound.Client;

/// <summary>Where a connection is.</summary>
public enum ConnectionState
{
    /// <summary>Not live for the first time yet.</summary>
    Connecting,

    /// <summary>Authenticated, and what is followed has recovered.</summary>
    Live,

    /// <summary>Lost, and being made again.</summary>
    Reconnecting,

    /// <summary>Over for good.</summary>
    Closed,
}
