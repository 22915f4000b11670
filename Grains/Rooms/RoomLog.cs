using Microsoft.Extensions.Logging;

namespace WhatsSound.Grains.Rooms;

/// <summary>What rooms tell the operator.</summary>
internal static partial class RoomLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Channel {Channel} does not answer; the room asks again later")]
    public static partial void ChannelUnreachable(this ILogger logger, string channel, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The chat of room {RoomId} did not settle in time; what it was about to say may come after a change of who may speak")]
    public static partial void ChatUnsettled(this ILogger logger, string roomId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {RoomId} does not answer its chat; who asks is told to retry")]
    public static partial void RoomUnreachable(this ILogger logger, string roomId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {RoomId} could not note that {UserId} took message {Offset} back ({Code}); it is noted when the chat comes back, or the same is asked again")]
    public static partial void DeletionUnrecorded(this ILogger logger, string roomId, string userId, long offset, string code);

    [LoggerMessage(Level = LogLevel.Error, Message = "Channel {Channel} refused publication {PublicationId}: {Code} {Reason}; it is left out")]
    public static partial void PublicationRefused(this ILogger logger, string channel, string publicationId, string code, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Room {RoomId} could not be saved, as far as is known; the caller is told that the outcome is unknown")]
    public static partial void SaveFailed(this ILogger logger, string roomId, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Room {RoomId} could not be saved, and is as it was; the caller is told to retry")]
    public static partial void SaveRefused(this ILogger logger, string roomId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {RoomId} was saved by somebody else; this activation ends")]
    public static partial void SavedByAnother(this ILogger logger, string roomId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The snapshot of room {RoomId} takes long to be written; the room goes on, and its journal has everything")]
    public static partial void SnapshotSlow(this ILogger logger, string roomId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {RoomId} could not write a snapshot, or trim its journal; its journal has everything")]
    public static partial void SnapshotFailed(this ILogger logger, string roomId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {RoomId} cannot reach its owner's list of rooms; it is told, or asks, later")]
    public static partial void OwnerUnreachable(this ILogger logger, string roomId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {RoomId} cannot set its reminder, or take it away; it tries again later, and until then nothing wakes it if its silo dies")]
    public static partial void RemindersUnreachable(this ILogger logger, string roomId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {RoomId} has stopped trying to tell a user about {Event}, after minutes without an answer")]
    public static partial void NoticeGivenUp(this ILogger logger, string roomId, string? @event);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {RoomId} cannot reach a member's followers; they are told later")]
    public static partial void FollowersUnreachable(this ILogger logger, string roomId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was played in room {RoomId} could not be kept; it is tried again")]
    public static partial void PlaysNotKept(this ILogger logger, string roomId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "What was played in room {RoomId} cannot be read; the caller is told to retry")]
    public static partial void PlaysUnreachable(this ILogger logger, string roomId, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Room {RoomId} was created")]
    public static partial void RoomCreated(this ILogger logger, string roomId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Upkeep of room {RoomId} failed; it is tried again")]
    public static partial void UpkeepFailed(this ILogger logger, string roomId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "A part of the room list could not be saved; its next change saves it")]
    public static partial void DirectorySaveFailed(this ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Part {Number} of the room list cannot have what an older version saved of it; it asks again later")]
    public static partial void FormerListUnreachable(this ILogger logger, int number, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {RoomId}, which has been silent for long, does not say whether it is open; it is asked again later")]
    public static partial void SilentRoomUnreachable(this ILogger logger, string roomId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Part {Number} of the room list did not answer in time; the page is without it")]
    public static partial void ListPartSilent(this ILogger logger, int number, Exception exception);
}
