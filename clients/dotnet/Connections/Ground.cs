using System.Text.Json.Serialization.Metadata;

namespace WhatsSound.Client;

/// <summary>
/// What channels and rooms stand on: one connection after the other, as if it were one. Requests are carried out over lost connections and refusals that say "again",
/// for as long as they are wanted, 60 s at most. Used in turns only.
/// </summary>
internal sealed class Ground(Link link, Turns turns, TimeProvider time, Action<Exception> onFailed)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryMost = TimeSpan.FromSeconds(5);

    private readonly List<IFollowed> _followed = [];

    public Turns Turns => turns;

    public Identity? Identity => link.Identity;

    /// <summary>Cancelled when there will be no connection any more.</summary>
    public CancellationToken Closed => link.Closed;

    /// <summary>Who follows something now.</summary>
    public IReadOnlyList<IFollowed> Followed => [.. _followed];

    public void Add(IFollowed followed) => _followed.Add(followed);

    public void Remove(IFollowed followed) => _followed.Remove(followed);

    /// <summary>Gives the current connection up: something cannot be followed on it.</summary>
    public void Drop() => link.Drop();

    /// <summary>Tells the app of what failed though it did not ask.</summary>
    public void Fail(Exception exception) => onFailed(exception);

    public void ThrowIfClosed()
    {
        if (link.ClosedFor is { } reason)
            throw reason;
    }

    /// <summary>Sends once on the current connection, live or not yet.</summary>
    public Task<T> InvokeAsync<T>(string method, object request, JsonTypeInfo<T> type)
        where T : class => link.InvokeAsync(method, request, type);

    /// <summary>Sends when live, again with the same body after each lost connection, so that an id gives it one effect.</summary>
    public Task<T> SendAsync<T>(string method, object request, JsonTypeInfo<T> type, CancellationToken wanted = default, CancellationToken asked = default)
        where T : class => AttemptAsync(() => link.InvokeAsync(method, request, type), wanted, asked);

    /// <summary>Waits before what was refused is tried again: longer each time, up to 10 s.</summary>
    public Task BackOffAsync(int refusals, CancellationToken wanted) =>
        Task.Delay(Backoff.Of(refusals, TimeSpan.Zero, Random.Shared.NextDouble()), time, wanted);

    /// <summary>Runs an action when live, again until it succeeds, is refused for good, is no longer wanted, or 60 s have passed.</summary>
    /// <param name="action">What is under way is awaited, and its outcome answered: not wanted is not undone.</param>
    /// <param name="wanted">Cancelled when the client no longer wants it: refused with <c>LEFT</c>, or <c>CLOSED</c>.</param>
    /// <param name="asked">Cancelled by the caller.</param>
    public async Task<T> AttemptAsync<T>(Func<Task<T>> action, CancellationToken wanted = default, CancellationToken asked = default)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(wanted, asked, Closed);
        try
        {
            return await AttemptUntilAsync(action, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            asked.ThrowIfCancellationRequested();
            ThrowIfClosed();
            throw Refusals.Left();
        }
    }

    private async Task<T> AttemptUntilAsync<T>(Func<Task<T>> action, CancellationToken wanted)
    {
        var started = time.GetTimestamp();
        for (var refusals = 0; ;)
        {
            await link.WhenLiveAsync(Deadline - time.GetElapsedTime(started), wanted);
            try
            {
                return await action();
            }
            catch (LinkDownException)
            {
                continue;
            }
            catch (RefusedException exception)
            {
                var wait = await RetryAfterAsync(exception.Refusal, refusals++);
                wanted.ThrowIfCancellationRequested();
                if (wait is not { } again || time.GetElapsedTime(started) + again >= Deadline)
                    throw;
                await Task.Delay(again, time, wanted);
            }
        }
    }

    /// <summary>How long to wait before the same request is sent again; null if it is not to be.</summary>
    private async Task<TimeSpan?> RetryAfterAsync(Refusal refusal, int refusals)
    {
        if (refusal.Retryable)
            return refusal.RetryAfterMs is { } ms ? TimeSpan.FromMilliseconds(ms) : Retry;
        if (refusal.Code != "TOKEN_EXPIRED")
            return null;
        try
        {
            await link.AuthenticateAsync();
        }
        catch (Exception exception) when (exception is not LinkDownException)
        {
            onFailed(exception);
        }
        catch (LinkDownException)
        {
            // The next connection shows a token first.
        }

        var wait = Retry * Math.Pow(2, Math.Min(refusals, 8));
        return wait < RetryMost ? wait : RetryMost;
    }
}
