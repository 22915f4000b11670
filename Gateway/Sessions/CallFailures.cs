using System.Diagnostics;
using WhatsSound.Streams;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// What a client is told of an exception, and what the log is. Whoever finds a way to make one can make thousands: the log's own gate writes one of a kind in a
/// second, and counts the others.
/// </summary>
internal sealed partial class CallFailures(ILogger<CallFailures> logger)
{
    /// <param name="exception">What was thrown.</param>
    /// <param name="hasEnded">Whether the connection is gone that asked.</param>
    /// <param name="isLate">Whether the request has taken its time.</param>
    public Refusal Translate(Exception exception, bool hasEnded = false, bool isLate = false)
    {
        switch (exception)
        {
            case TimeoutException or SiloUnavailableException:
            case OperationCanceledException when isLate:
                LogNoAnswer(logger, exception);
                return Refusals.Retry(RefusalCode.Timeout, "No answer came in time; the outcome is unknown. Try again with the same id.");
            case OperationCanceledException when hasEnded:
                LogCancelled(logger, exception);
                return Refusals.Retry(RefusalCode.NotReady, "The connection is closing.");
            case StorageUnavailableException:
                LogNoStorage(logger, exception);
                return Refusals.Retry(RefusalCode.NotReady, "The server cannot reach its storage; try again with the same id.");
            case LanesFullException:
                LogNoLane(logger, exception);
                return Refusals.Retry(RefusalCode.NotReady, "The part that answers has no place for this gateway now; try again with the same id.");
            // Cancelled by nobody who asked: a grain took too long to start, or its silo stops.
            case OrleansException or OperationCanceledException:
                LogNotReady(logger, exception);
                return Refusals.Retry(RefusalCode.NotReady, "The part that answers is starting or moving; try again with the same id.");
            default:
                var traceId = (Activity.Current?.TraceId ?? ActivityTraceId.CreateRandom()).ToHexString();
                LogFailed(logger, exception, traceId);
                return Refusals.Final(RefusalCode.Internal, "The server failed to answer; its log has more under the trace id, or of one of the same kind.", traceId);
        }
    }

    [LoggerMessage(201, LogLevel.Warning, "A grain did not answer a request in time.")]
    private static partial void LogNoAnswer(ILogger logger, Exception exception);

    [LoggerMessage(204, LogLevel.Debug, "A request was given up: its connection has ended.")]
    private static partial void LogCancelled(ILogger logger, Exception exception);

    [LoggerMessage(205, LogLevel.Warning, "A request needed the database, which failed.")]
    private static partial void LogNoStorage(ILogger logger, Exception exception);

    [LoggerMessage(206, LogLevel.Error, "A silo sends to as many gateways as it takes, and not to this one: Lanes:LanesMax is too low.")]
    private static partial void LogNoLane(ILogger logger, Exception exception);

    [LoggerMessage(202, LogLevel.Warning, "A request met a grain that is starting or moving.")]
    private static partial void LogNotReady(ILogger logger, Exception exception);

    [LoggerMessage(203, LogLevel.Error, "A request failed; trace {TraceId}.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string traceId);
}
