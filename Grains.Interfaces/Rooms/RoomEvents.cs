namespace WhatsSound.Rooms;

/// <summary>The event names of a room's publications; <c>docs/protocol.md</c> has their contents.</summary>
public static class RoomEvents
{
    /// <summary>On the chat channel: a <see cref="ChatMessage"/>.</summary>
    public const string Chat = "chat";

    /// <summary>On the chat channel: a <see cref="ChatChange"/>.</summary>
    public const string ChatChanged = "chatChanged";

    /// <summary>On the pulse channel, a key for each target: <see cref="ReactionCounts"/>.</summary>
    public const string Reactions = "reactions";

    /// <summary>On the pulse channel, key <c>typing</c>: <see cref="TypingMembers"/>.</summary>
    public const string Typing = "typing";

    /// <summary>On the playback channel, key <c>vector</c>: a <see cref="Playback.PlaybackVector"/>.</summary>
    public const string Playback = "playback";

    /// <summary>On the playback channel, key <c>hostPosition</c>: a <see cref="Playback.HostPosition"/>.</summary>
    public const string HostPosition = "hostPosition";

    /// <summary>On the main channel: a <see cref="HostChanged"/>.</summary>
    public const string HostChanged = "hostChanged";

    /// <summary>On the main channel, key <c>roles</c>: a <see cref="RoomRoles"/>.</summary>
    public const string Roles = "roles";

    /// <summary>On the queue channel: a <see cref="SkipTally"/>.</summary>
    public const string Skip = "skip";

    /// <summary>On the main channel and on that of the user whom it is about: a <see cref="SanctionNotice"/>.</summary>
    public const string Sanction = "sanction";

    /// <summary>On the channels of those who keep order: a <see cref="ReportNotice"/>.</summary>
    public const string Report = "report";

    /// <summary>In a user's markers, a key for each room: a <see cref="ReadMark"/>.</summary>
    public const string Read = "read";

    /// <summary>On the main channel, key <c>settings</c>: <see cref="RoomSettings"/>.</summary>
    public const string Settings = "settings";

    /// <summary>On the main channel, key <c>fallback</c>: a <see cref="Queue.FallbackView"/>.</summary>
    public const string Fallback = "fallback";

    /// <summary>On the main channel, the key its entry: a <see cref="Queue.HistoryItem"/>, a song that was played.</summary>
    public const string Played = "played";

    /// <summary>On the main channel, key <c>closed</c>: a <see cref="RoomClosing"/>.</summary>
    public const string Closed = "closed";
}
