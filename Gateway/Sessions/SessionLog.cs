namespace WhatsSound.Gateway.Sessions;

internal static partial class SessionLog
{
    [LoggerMessage(101, LogLevel.Warning, "The end of a connection failed on the way.")]
    public static partial void EndFailed(ILogger logger, Exception exception);

    [LoggerMessage(102, LogLevel.Debug, "The connections of a user were not renewed; another try follows.")]
    public static partial void UserRenewFailed(ILogger logger, Exception exception);

    [LoggerMessage(103, LogLevel.Debug, "Leaving {Channel} failed; another try follows, or the next renewal tells it.")]
    public static partial void LeaveFailed(ILogger logger, Exception exception, string channel);

    [LoggerMessage(104, LogLevel.Debug, "Where a session lives could not be told.")]
    public static partial void HoldFailed(ILogger logger, Exception exception);

    [LoggerMessage(105, LogLevel.Warning, "A session could not be parked.")]
    public static partial void ParkFailed(ILogger logger, Exception exception);

    [LoggerMessage(106, LogLevel.Debug, "The gateway that holds a session did not answer.")]
    public static partial void ReleaseFailed(ILogger logger, Exception exception);

    [LoggerMessage(107, LogLevel.Warning, "Somebody who was sent out of a room could not be taken out.")]
    public static partial void DismissFailed(ILogger logger, Exception exception);

    [LoggerMessage(109, LogLevel.Debug, "{Channel} is not told that somebody has left: too many have; the next renewal tells it.")]
    public static partial void LeaveDropped(ILogger logger, string channel);

    [LoggerMessage(110, LogLevel.Debug, "A user was not told that a connection is gone; the next renewal of the others leaves it out, or its lease ends.")]
    public static partial void DisconnectFailed(ILogger logger, Exception exception);

    [LoggerMessage(301, LogLevel.Information, "Stopping: telling {Count} connections when to come back.")]
    public static partial void Draining(ILogger logger, int count);
}
