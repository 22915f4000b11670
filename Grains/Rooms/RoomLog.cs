using Microsoft.Extensions.Logging;

namespace WhatsSound.Grains.Rooms;

/// <summary>What rooms tell the operator.</summary>
internal static partial class RoomLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "Channel {Channel} does not answer; the room asks again later")]
    public static partial void ChannelUnreachable(this ILogger logger, string channel, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Channel {Channel} refused publication {PublicationId}: {Code} {Reason}; it is left out")]
    public static partial void PublicationRefused(this ILogger logger, string channel, string publicationId, string code, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "Room {RoomId} could not be saved, as far as is known; the caller is told that the outcome is unknown")]
    public static partial void SaveFailed(this ILogger logger, string roomId, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Room {RoomId} could not be saved, and is as it was; the caller is told to retry")]
    public static partial void SaveRefused(this ILogger logger, string roomId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Room {RoomId} was saved by somebody else; this activation ends")]
    public static partial void SavedByAnother(this ILogger logger, string roomId, Exception exception);

    [LoggerMessage(Level = LogLevel.Information, Message = "Room {RoomId} was created")]
    public static partial void RoomCreated(this ILogger logger, string roomId);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Upkeep of room {RoomId} failed; it is tried again")]
    public static partial void UpkeepFailed(this ILogger logger, string roomId, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The room directory could not be saved; its next change saves it")]
    public static partial void DirectorySaveFailed(this ILogger logger, Exception exception);
}
