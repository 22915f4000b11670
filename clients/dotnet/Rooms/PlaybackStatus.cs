namespace WhatsSound.Client;

/// <summary>What a room's player does.</summary>
public enum PlaybackStatus
{
    /// <summary>There is no song.</summary>
    Idle,

    /// <summary>The song plays.</summary>
    Playing,

    /// <summary>The song stands still.</summary>
    Paused,
}
