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

    /// <summary>The token was valid, and was taken back before it ran out: it does not come to count again. On a channel: it does not count there.</summary>
    public const string TokenRevoked = "TOKEN_REVOKED";

    /// <summary>As many rules are set, or revocations hold, as are kept; the detail is the limit.</summary>
    public const string ControlLimit = "CONTROL_LIMIT";

    /// <summary>The session may not do this; the detail names the missing capability or role.</summary>
    public const string Forbidden = "FORBIDDEN";

    /// <summary>The user has as many connections as is allowed; the detail is the limit.</summary>
    public const string ConnectionLimit = "CONNECTION_LIMIT";

    /// <summary>The session has as many channels or rooms attached as is allowed; the detail is the limit.</summary>
    public const string SubscriptionLimit = "SUBSCRIPTION_LIMIT";

    /// <summary>The session is not attached to this channel.</summary>
    public const string NotSubscribed = "NOT_SUBSCRIBED";

    /// <summary>There is no such session to resume for whoever asked; subscribe anew, by positions.</summary>
    public const string SessionNotFound = "SESSION_NOT_FOUND";

    /// <summary>The channel has no presence, by its rules.</summary>
    public const string PresenceDisabled = "PRESENCE_DISABLED";

    /// <summary>The channel takes a session over TLS only.</summary>
    public const string TlsRequired = "TLS_REQUIRED";

    /// <summary>There is no room of this id.</summary>
    public const string RoomNotFound = "ROOM_NOT_FOUND";

    /// <summary>There is a room of this id already, of another owner or the caller's own, open or closed.</summary>
    public const string RoomNameTaken = "ROOM_NAME_TAKEN";

    /// <summary>The room has as many members as it takes; the detail is the limit.</summary>
    public const string RoomFull = "ROOM_FULL";

    /// <summary>The user is not in the room.</summary>
    public const string NotMember = "NOT_MEMBER";

    /// <summary>The room is closed; the detail is the reason.</summary>
    public const string RoomClosed = "ROOM_CLOSED";

    /// <summary>Nobody comes in for now, except those with a role.</summary>
    public const string RoomLocked = "ROOM_LOCKED";

    /// <summary>It takes a password to come in.</summary>
    public const string PasswordRequired = "PASSWORD_REQUIRED";

    /// <summary>The password is another one.</summary>
    public const string PasswordWrong = "PASSWORD_WRONG";

    /// <summary>It takes an invite to come in, and this is none of the room's, or of somebody who may not invite to that any more.</summary>
    public const string InviteInvalid = "INVITE_INVALID";

    /// <summary>The invite was good until a while ago.</summary>
    public const string InviteExpired = "INVITE_EXPIRED";

    /// <summary>As many have come by the invite as may.</summary>
    public const string InviteUsedUp = "INVITE_USED_UP";

    /// <summary>Nobody speaks for now, except those who keep order.</summary>
    public const string ChatLocked = "CHAT_LOCKED";

    /// <summary>The room lets members speak every so often; retry after the given time.</summary>
    public const string SlowMode = "SLOW_MODE";

    /// <summary>The user is banned from the room; the detail is the reason.</summary>
    public const string Banned = "BANNED";

    /// <summary>The user was sent out of the room; retry after the given time. The detail is the reason.</summary>
    public const string Kicked = "KICKED";

    /// <summary>The user may not say anything in the room; the detail is the reason.</summary>
    public const string Muted = "MUTED";

    /// <summary>The user may not do anything in the room; the detail is the reason.</summary>
    public const string TimedOut = "TIMED_OUT";

    /// <summary>Whoever it is about has the same role as the caller or one above, or gets one; the detail is the role.</summary>
    public const string TargetRankTooHigh = "TARGET_RANK_TOO_HIGH";

    /// <summary>Nobody does this to themselves; the detail is the field.</summary>
    public const string CannotTargetSelf = "CANNOT_TARGET_SELF";

    /// <summary>The owner has not offered the room to the user, or it was too long ago.</summary>
    public const string NothingOffered = "NOTHING_OFFERED";

    /// <summary>The room has as many of these as it takes; the detail is the limit.</summary>
    public const string RoomLimit = "ROOM_LIMIT";

    /// <summary>The queue is full; the detail is the limit.</summary>
    public const string QueueFull = "QUEUE_FULL";

    /// <summary>The user has as many entries queued, or owns as many open rooms, as is allowed; the detail is the limit.</summary>
    public const string UserQuota = "USER_QUOTA";

    /// <summary>The track is queued or playing already; the detail is the entry id.</summary>
    public const string DuplicateTrack = "DUPLICATE_TRACK";

    /// <summary>The song was played within the room's no-repeat window; retry after the given time.</summary>
    public const string RecentlyPlayed = "RECENTLY_PLAYED";

    /// <summary>Nobody may add songs for now, except those who manage the queue.</summary>
    public const string QueueLocked = "QUEUE_LOCKED";

    /// <summary>The song cannot be moved there: votes, turns or a pin decide; the detail says which entry, or <c>votes</c>.</summary>
    public const string OrderFixed = "ORDER_FIXED";

    /// <summary>The operation cannot be undone any more, or never was.</summary>
    public const string UndoGone = "UNDO_GONE";

    /// <summary>The room does not vote.</summary>
    public const string VotingDisabled = "VOTING_DISABLED";

    /// <summary>The song is where listeners are not sent: the detail is <c>scheme</c>, <c>private</c>, <c>host</c> or <c>path</c>.</summary>
    public const string AddressNotAllowed = "ADDRESS_NOT_ALLOWED";

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

    /// <summary>There is no such chat message, or it was taken back.</summary>
    public const string MessageNotFound = "MESSAGE_NOT_FOUND";

    /// <summary>A chat message can be changed by its author for a while only.</summary>
    public const string MessageTooOld = "MESSAGE_TOO_OLD";

    /// <summary>The server does not take what is in the chat text; the detail is what its filter says of it.</summary>
    public const string Filtered = "FILTERED";

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

    /// <summary>The signature is not that of the request by the key that it names, or there is no such key.</summary>
    public const string SignatureInvalid = "SIGNATURE_INVALID";

    /// <summary>The request was signed too long ago, or by a clock that is too far ahead; the detail is the server's time.</summary>
    public const string SignatureExpired = "SIGNATURE_EXPIRED";

    /// <summary>The signed request was taken before.</summary>
    public const string Replayed = "REPLAYED";

    /// <summary>There is no such API key, or it has another secret.</summary>
    public const string KeyInvalid = "KEY_INVALID";
}
