using Microsoft.Extensions.Logging;

namespace WhatsSound.Grains.Users;

/// <summary>What users' grains tell the operator.</summary>
internal static partial class UserLog
{
    [LoggerMessage(Level = LogLevel.Debug, Message = "Room {RoomId} does not say whose it is; it counts as it did")]
    public static partial void RoomOfUserSilent(this ILogger logger, string roomId, Exception exception);

    [LoggerMessage(Level = LogLevel.Debug, Message = "A user could not be told {Event}; it is tried again")]
    public static partial void UserNotTold(this ILogger logger, string @event, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Who is followed does not answer; the caller is told to retry")]
    public static partial void FollowedUnreachable(this ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "How far the followers of a user were told could not be saved; it goes on from before")]
    public static partial void FollowersNotTold(this ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Which rooms a user has joined could not be saved; the next join saves it")]
    public static partial void VisitsNotSaved(this ILogger logger, Exception exception);
}
