namespace WhatsSound.Gateway.Sessions;

internal static partial class SessionLog
{
    [LoggerMessage(101, LogLevel.Warning, "The end of a connection did not reach all its channels.")]
    public static partial void EndFailed(ILogger logger, Exception exception);
}
