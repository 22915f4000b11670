namespace WhatsSound.Gateway.Delivery;

internal static partial class DeliveryLog
{
    [LoggerMessage(1, LogLevel.Warning, "A gap in {Channel} could not be read; another try follows.")]
    public static partial void RepairFailed(ILogger logger, Exception exception, string channel);

    [LoggerMessage(2, LogLevel.Information, "Sessions on {Channel} lost publications {From} to {To} and were told so.")]
    public static partial void Lost(ILogger logger, string channel, long? from, long? to);

    [LoggerMessage(3, LogLevel.Debug, "The lease on {Channel} was not renewed; another try follows.")]
    public static partial void RenewFailed(ILogger logger, Exception exception, string channel);

    [LoggerMessage(4, LogLevel.Debug, "Unsubscribing from {Channel} failed; its lease ends by itself.")]
    public static partial void UnsubscribeFailed(ILogger logger, Exception exception, string channel);

    [LoggerMessage(5, LogLevel.Information, "{Channel} did not know this gateway's lane; subscribed again.")]
    public static partial void Resubscribed(ILogger logger, string channel);

    [LoggerMessage(6, LogLevel.Information, "The presence of {Channel} is not what this gateway has; naming its {Count} connections.")]
    public static partial void Reconciling(ILogger logger, int count, string channel);

    [LoggerMessage(7, LogLevel.Warning, "Renewing leases failed; another round follows.")]
    public static partial void RoundFailed(ILogger logger, Exception exception);

    [LoggerMessage(8, LogLevel.Information, "Lane {LaneId} skipped to batch {Sequence}: verifying the channels that came by it.")]
    public static partial void LaneSkipped(ILogger logger, Guid laneId, long sequence);

    [LoggerMessage(15, LogLevel.Debug, "{Channel} was not told how many sessions are attached; another try follows.")]
    public static partial void ReportFailed(ILogger logger, Exception exception, string channel);

    [LoggerMessage(11, LogLevel.Error, "A session could not be given a message; the others go on.")]
    public static partial void DeliverFailed(ILogger logger, Exception exception);

    [LoggerMessage(12, LogLevel.Information, "Lane {LaneId} is not what this gateway knows; renewing its {Count} channels one by one.")]
    public static partial void LaneUnknown(ILogger logger, Guid laneId, int count);

    [LoggerMessage(13, LogLevel.Debug, "Lane {LaneId} was not renewed; its channels are, one by one.")]
    public static partial void LaneRenewFailed(ILogger logger, Exception exception, Guid laneId);

    [LoggerMessage(14, LogLevel.Error, "A frame of {Channel} could not be taken; the other channels go on, and this one is read again.")]
    public static partial void ObserverFailed(ILogger logger, Exception exception, string channel);
}
