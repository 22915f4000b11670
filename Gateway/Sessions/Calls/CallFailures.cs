using System.Collections.Concurrent;
using System.Diagnostics;
using WhatsSound.Limits;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>
/// What a client is told of an exception, and what the log is: a few of each kind in a second, and how many were left out, since whoever finds a way to make one can
/// make thousands.
/// </summary>
internal sealed partial class CallFailures(TimeProvider time, ILogger<CallFailures> logger)
{
    /// <summary>Enough to see whether they are all the same.</summary>
    private const int PerSecondMax = 2;

    /// <summary>Kinds beyond are counted as one. An exception's type and where it was thrown are the program's, so there are not many.</summary>
    private const int KindsMax = 64;

    private readonly ConcurrentDictionary<string, Kind> _kinds = new(StringComparer.Ordinal);

    public Refusal Translate(Exception exception)
    {
        var isLogged = KindOf(exception).TryLog(time, out var leftOut);
        switch (exception)
        {
            case TimeoutException or SiloUnavailableException:
                if (isLogged)
                    LogNoAnswer(logger, exception, leftOut);
                return Refusals.Retry(RefusalCode.Timeout, "No answer came in time; the outcome is unknown. Try again with the same id.");
            case OperationCanceledException:
                LogCancelled(logger, exception);
                return Refusals.Retry(RefusalCode.NotReady, "The connection is closing.");
            case StorageUnavailableException:
                if (isLogged)
                    LogNoStorage(logger, exception, leftOut);
                return Refusals.Retry(RefusalCode.NotReady, "The database does not answer; try again with the same id.");
            case OrleansException:
                if (isLogged)
                    LogNotReady(logger, exception, leftOut);
                return Refusals.Retry(RefusalCode.NotReady, "The part that answers is starting or moving; try again with the same id.");
            default:
                var traceId = (Activity.Current?.TraceId ?? ActivityTraceId.CreateRandom()).ToHexString();
                if (isLogged)
                    LogFailed(logger, exception, traceId, leftOut);
                return Refusals.Final(RefusalCode.Internal, "The server failed to answer; its log has more under the trace id, or of one of the same kind.", traceId);
        }
    }

    private Kind KindOf(Exception exception)
    {
        var name = $"{exception.GetType()} {exception.TargetSite?.DeclaringType} {exception.TargetSite?.Name}";
        return _kinds.TryGetValue(name, out var known) ? known : _kinds.GetOrAdd(_kinds.Count < KindsMax ? name : "", static _ => new Kind());
    }

    [LoggerMessage(201, LogLevel.Warning, "A grain did not answer a request in time. Left out since the last line of this kind: {LeftOut}.")]
    private static partial void LogNoAnswer(ILogger logger, Exception exception, long leftOut);

    [LoggerMessage(204, LogLevel.Debug, "A request was given up: its connection has ended.")]
    private static partial void LogCancelled(ILogger logger, Exception exception);

    [LoggerMessage(205, LogLevel.Warning, "A request needed the database, which failed. Left out since the last line of this kind: {LeftOut}.")]
    private static partial void LogNoStorage(ILogger logger, Exception exception, long leftOut);

    [LoggerMessage(202, LogLevel.Warning, "A request met a grain that is starting or moving. Left out since the last line of this kind: {LeftOut}.")]
    private static partial void LogNotReady(ILogger logger, Exception exception, long leftOut);

    [LoggerMessage(203, LogLevel.Error, "A request failed; trace {TraceId}. Left out since the last line of this kind: {LeftOut}.")]
    private static partial void LogFailed(ILogger logger, Exception exception, string traceId, long leftOut);

    private sealed class Kind
    {
        private readonly Lock _gate = new();
        private TokenBucket _bucket;
        private long _leftOut;

        public bool TryLog(TimeProvider time, out long leftOut)
        {
            lock (_gate)
            {
                leftOut = _leftOut;
                var isTaken = _bucket.TryTake(time.GetElapsedTime(0, time.GetTimestamp()).Ticks, PerSecondMax, PerSecondMax, out _);
                _leftOut = isTaken ? 0 : _leftOut + 1;
                return isTaken;
            }
        }
    }
}
