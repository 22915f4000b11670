namespace WhatsSound.Rooms;

/// <summary>The event names of a room's publications; <c>docs/protocol.md</c> has their contents.</summary>
public static class RoomEvents
{
    /// <summary>On the chat channel: a <see cref="ChatMessage"/>.</summary>
    public const string Chat = "chat";

    /// <summary>On the playback channel, key <c>vector</c>: a <see cref="Playback.PlaybackVector"/>.</summary>
    public const string Playback = "playback";

    /// <summary>On the playback channel, key <c>hostPosition</c>: a <see cref="Playback.HostPosition"/>.</summary>
    public const string HostPosition = "hostPosition";

    /// <summary>On the main channel: a <see cref="HostChanged"/>.</summary>
    public const string HostChanged = "hostChanged";

    /// <summary>On the queue channel: a <see cref="SkipTally"/>.</summary>
    public const string Skip = "skip";
}
