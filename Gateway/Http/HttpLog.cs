namespace WhatsSound.Gateway.Http;

internal static partial class HttpLog
{
    [LoggerMessage(302, LogLevel.Error, "Draining failed; stopping without.")]
    public static partial void DrainFailed(ILogger logger, Exception exception);

    [LoggerMessage(303, LogLevel.Warning, "Not ready: {Problems}.")]
    public static partial void NotReady(ILogger logger, Exception? exception, string problems);

    [LoggerMessage(304, LogLevel.Information, "Ready again.")]
    public static partial void ReadyAgain(ILogger logger);

    [LoggerMessage(305, LogLevel.Warning, "THIS IS DEVELOPMENT AND LISTENS ON {Address}: OTHER MACHINES CAN REACH IT. Set ASPNETCORE_ENVIRONMENT=Production and an Identity:SigningKey before anybody relies on it.")]
    public static partial void DevelopmentIsReachable(ILogger logger, string address);

    [LoggerMessage(306, LogLevel.Information, "No page is served: {Folder} is not there.")]
    public static partial void NoPage(ILogger logger, string folder);
}
