namespace WhatsSound.Gateway.Sessions;

internal static partial class SessionLog
{
    [LoggerMessage(101, LogLevel.Warning, "The end of a connection failed on the way.")]
    public static partial void EndFailed(ILogger logger, Exception exception);

    [LoggerMessage(102, LogLevel.Debug, "The connections of a user were not renewed; another try follows.")]
    public static partial void UserRenewFailed(ILogger logger, Exception exception);

    [LoggerMessage(103, LogLevel.Debug, "Leaving {Channel} failed; the lease ends the presence by itself.")]
    public static partial void LeaveFailed(ILogger logger, Exception exception, string channel);

    [LoggerMessage(301, LogLevel.Information, "Stopping: telling {Count} connections when to come back.")]
    public static partial void Draining(ILogger logger, int count);
}
