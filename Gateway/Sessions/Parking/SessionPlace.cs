namespace WhatsSound.Gateway.Sessions;

/// <summary>Where a session was that a client came back for.</summary>
internal enum SessionPlace
{
    /// <summary>It waited for a connection.</summary>
    Parked,

    /// <summary>It had a connection whose end had not been noticed.</summary>
    Held,

    /// <summary>Nowhere, or not for whoever asked.</summary>
    Nowhere,
}
