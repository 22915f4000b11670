namespace WhatsSound.Gateway.Sessions;

internal static partial class OutboxLog
{
    [LoggerMessage(108, LogLevel.Error, "A message could not be written; its connection is cut.")]
    public static partial void WriteFailed(ILogger logger, Exception exception);
}
