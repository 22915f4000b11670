using Microsoft.Extensions.Logging;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Grains.Hooks;

/// <summary>One lane: what waits in it, and how its receiver is.</summary>
internal sealed class HookLane(
    string lane, HookEndpoint endpoint, HookOptions options, IOutbox outbox, IHookSender sender, TimeProvider time, HookInstruments instruments, ILogger logger)
{
    private static readonly TimeSpan OutboxTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A lane that is full is cut now and then: that is a pass over its index.</summary>
    private static readonly TimeSpan TrimInterval = TimeSpan.FromSeconds(10);

    private int _failures;
    private int _outboxFailures;
    private DateTimeOffset _failingSince;
    private DateTimeOffset _trimAt;

    /// <summary>Sends one batch, if anything waits; answers when to do it again, or null: not before somebody says that something waits. Throws only where the lane goes.</summary>
    public async Task<TimeSpan?> RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await TrimAsync(cancellationToken);
            var rows = await InTimeAsync(token => outbox.ReadAsync(lane, options.BatchCountMax, options.BatchBytesMax, token), OutboxTimeout, cancellationToken);
            var pause = rows.Count == 0 ? null
                : await SendAsync(rows, cancellationToken) is { } reason ? await FailAsync(reason, cancellationToken)
                : await SucceedAsync(rows, cancellationToken);
            _outboxFailures = 0;
            return pause;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The database: whatever was taken and could not be removed is taken again. It is back sooner than a receiver, and said once.
            if (_outboxFailures++ == 0)
                logger.LaneFailed(exception, lane);
            return HookRetryRules.DelayAfter(_outboxFailures, options.RetryDelay, options.RetryDelayMax);
        }
    }

    private async Task<string?> SendAsync(IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        try
        {
            return await InTimeAsync(token => sender.SendAsync(endpoint, HookBody.Of(rows), token), options.Timeout, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return "it does not answer in time (Hooks:Timeout)";
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            // Whatever it is, it is of this receiver: its events are tried for their time, and given up.
            return exception.Message;
        }
    }

    private async Task<TimeSpan?> SucceedAsync(IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        if (_failures > 0)
            logger.ReceiverBack(endpoint.Name, lane, _failures);
        _failures = 0;
        instruments.Taken(rows.Count, time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(rows[0].AtMs));
        await InTimeAsync(token => RemoveAsync(rows, token), OutboxTimeout, cancellationToken);
        return rows.Count == options.BatchCountMax ? TimeSpan.Zero : options.BatchInterval;
    }

    private async Task<TimeSpan?> FailAsync(string reason, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        instruments.Failed();
        if (_failures++ == 0)
        {
            _failingSince = now;
            logger.ReceiverFailed(endpoint.Name, reason, lane, options.GiveUpAfter);
        }

        if (HookRetryRules.GivenUpBefore(_failingSince, now, options.GiveUpAfter) is { } before
            && await InTimeAsync(token => outbox.DropAsync(lane, before, token), OutboxTimeout, cancellationToken) is > 0 and var count)
        {
            instruments.Lost(count);
            logger.EventsGivenUp(count, lane, options.GiveUpAfter);
        }

        return HookRetryRules.DelayAfter(_failures, options.RetryDelay, options.RetryDelayMax);
    }

    private async Task TrimAsync(CancellationToken cancellationToken)
    {
        if (time.GetUtcNow() < _trimAt)
            return;
        _trimAt = time.GetUtcNow() + TrimInterval;
        if (await InTimeAsync(token => outbox.TrimAsync(lane, options.LaneEventsMax, token), OutboxTimeout, cancellationToken) is not (> 0 and var count))
            return;
        instruments.Lost(count);
        logger.EventsTrimmed(count, lane, options.LaneEventsMax);
    }

    private async Task<bool> RemoveAsync(IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        await outbox.RemoveAsync(lane, [.. rows.Select(static row => row.EntryNumber)], cancellationToken);
        return true;
    }

    private async Task<T> InTimeAsync<T>(Func<CancellationToken, Task<T>> call, TimeSpan limit, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(limit, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        return await call(either.Token);
    }
}
