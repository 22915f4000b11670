using Microsoft.Extensions.Logging;

namespace WhatsSound.Grains.Hooks;

/// <summary>What webhooks tell the operator.</summary>
internal static partial class HookLog
{
    [LoggerMessage(Level = LogLevel.Warning, Message = "{Endpoint} does not take webhooks: {Reason}. They wait in {Lane}, and are tried again for {GiveUpAfter}")]
    public static partial void ReceiverFailed(this ILogger logger, string endpoint, string reason, string lane, TimeSpan giveUpAfter);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Endpoint} takes webhooks of {Lane} again, after {Failures} failures")]
    public static partial void ReceiverBack(this ILogger logger, string endpoint, string lane, int failures);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} webhooks of {Lane} are given up: they were tried for {GiveUpAfter}")]
    public static partial void EventsGivenUp(this ILogger logger, int count, string lane, TimeSpan giveUpAfter);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} webhooks of {Lane}, the oldest, are given up: more than {CountMax} wait (Hooks:LaneEventsMax)")]
    public static partial void EventsTrimmed(this ILogger logger, int count, string lane, int countMax);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Webhooks wait in {Lane}, whose receiver is not configured; they are deleted after a day")]
    public static partial void LaneUnknown(this ILogger logger, string lane);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The outbox cannot be read or written for {Lane}; it is tried again")]
    public static partial void LaneFailed(this ILogger logger, Exception exception, string lane);

    [LoggerMessage(Level = LogLevel.Error, Message = "The outbox cannot be read or written: first seen in {Channel}. What happens in channels waits there, and what is told outside is not published meanwhile; it is tried again each second")]
    public static partial void NotAppended(this ILogger logger, Exception exception, string channel);

    [LoggerMessage(Level = LogLevel.Information, Message = "The outbox takes what happens in channels again: first seen in {Channel}")]
    public static partial void AppendedAgain(this ILogger logger, string channel);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Count} webhooks of {Channel} are given up: the outbox did not take them for too long")]
    public static partial void NeverAppended(this ILogger logger, int count, string channel);

    [LoggerMessage(Level = LogLevel.Error, Message = "Which publications of {Channel} no receiver of webhooks was told cannot be known: they are not kept any more")]
    public static partial void GapLost(this ILogger logger, string channel);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether {Channel} is occupied could not be asked; it is asked again")]
    public static partial void ChannelNotAsked(this ILogger logger, Exception exception, string channel);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The lanes of webhooks, or the channels that are occupied, could not be looked through; it is done again")]
    public static partial void PatrolFailed(this ILogger logger, Exception exception);
}
