namespace WhatsSound;

/// <summary>The permanent codes of refusals. A code is never renamed or reused; <c>docs/protocol.md</c> lists each with its meaning.</summary>
public static class RefusalCode
{
    /// <summary>A field is missing, null, of the wrong type, or outside its bounds; the detail names it.</summary>
    public const string BadRequest = "BAD_REQUEST";

    /// <summary>The request is larger than the door accepts.</summary>
    public const string PayloadTooLarge = "PAYLOAD_TOO_LARGE";

    /// <summary>Too many requests; retry after the given time.</summary>
    public const string RateLimited = "RATE_LIMITED";

    /// <summary>The door has no such method.</summary>
    public const string UnknownMethod = "UNKNOWN_METHOD";

    /// <summary>The session has shown no valid token yet.</summary>
    public const string Unauthenticated = "UNAUTHENTICATED";

    /// <summary>The token is malformed, wrongly signed, or for another audience.</summary>
    public const string TokenInvalid = "TOKEN_INVALID";

    /// <summary>The token was valid and is no longer; authenticate again.</summary>
    public const string TokenExpired = "TOKEN_EXPIRED";

    /// <summary>The session may not do this; the detail names the missing capability or role.</summary>
    public const string Forbidden = "FORBIDDEN";

    /// <summary>The user has as many connections as is allowed; the detail is the limit.</summary>
    public const string ConnectionLimit = "CONNECTION_LIMIT";

    /// <summary>The session has as many channels or rooms attached as is allowed; the detail is the limit.</summary>
    public const string SubscriptionLimit = "SUBSCRIPTION_LIMIT";

    /// <summary>The session is not attached to this channel.</summary>
    public const string NotSubscribed = "NOT_SUBSCRIBED";

    /// <summary>The channel has no presence, by its rules.</summary>
    public const string PresenceDisabled = "PRESENCE_DISABLED";

    /// <summary>The channel takes a session over TLS only.</summary>
    public const string TlsRequired = "TLS_REQUIRED";

    /// <summary>There is no room of this id.</summary>
    public const string RoomNotFound = "ROOM_NOT_FOUND";

    /// <summary>The room id is in use by another owner's room.</summary>
    public const string RoomNameTaken = "ROOM_NAME_TAKEN";

    /// <summary>The room has as many members as it takes; the detail is the limit.</summary>
    public const string RoomFull = "ROOM_FULL";

    /// <summary>The user is not in the room.</summary>
    public const string NotMember = "NOT_MEMBER";

    /// <summary>The queue is full; the detail is the limit.</summary>
    public const string QueueFull = "QUEUE_FULL";

    /// <summary>The user has as many entries queued as is allowed; the detail is the limit.</summary>
    public const string UserQuota = "USER_QUOTA";

    /// <summary>The track is queued or playing already; the detail is the entry id.</summary>
    public const string DuplicateTrack = "DUPLICATE_TRACK";

    /// <summary>The track is longer than the room takes.</summary>
    public const string TrackTooLong = "TRACK_TOO_LONG";

    /// <summary>No such entry in the queue.</summary>
    public const string EntryNotFound = "ENTRY_NOT_FOUND";

    /// <summary>The command was meant for another song than the current one; the detail is the current entry id.</summary>
    public const string StaleEntry = "STALE_ENTRY";

    /// <summary>The adder's own vote is fixed.</summary>
    public const string SelfVote = "SELF_VOTE";

    /// <summary>A song cannot be voted away in its first seconds.</summary>
    public const string SkipTooEarly = "SKIP_TOO_EARLY";

    /// <summary>No song is playing or paused.</summary>
    public const string NothingPlaying = "NOTHING_PLAYING";

    /// <summary>The position is outside the song.</summary>
    public const string InvalidPosition = "INVALID_POSITION";

    /// <summary>The chat text is too long.</summary>
    public const string MessageTooLong = "MESSAGE_TOO_LONG";

    /// <summary>The chat text is empty.</summary>
    public const string MessageEmpty = "MESSAGE_EMPTY";

    /// <summary>The id of the command was used for another command; the detail is the field.</summary>
    public const string Conflict = "CONFLICT";

    /// <summary>The part of the system that answers is starting or moving; retry.</summary>
    public const string NotReady = "NOT_READY";

    /// <summary>No answer came in time: the outcome is unknown. Retry with the same id: it has one effect.</summary>
    public const string Timeout = "TIMEOUT";

    /// <summary>A bug or a broken dependency; the detail is the trace id.</summary>
    public const string Internal = "INTERNAL";

    /// <summary>The socket did not keep up and was closed; recover by position.</summary>
    public const string SlowConsumer = "SLOW_CONSUMER";
}
