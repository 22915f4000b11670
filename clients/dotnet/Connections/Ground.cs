using System.Text.Json.Serialization.Metadata;

namespace WhatsSound.Client;

/// <summary>
/// What channels and rooms stand on: one connection after the other, as if it were one. Requests are carried out over lost connections and a server that cannot do them now,
/// for as long as they are wanted, 60 s at most. Used in turns only.
/// </summary>
internal sealed class Ground(Link link, Turns turns, ConnectionOptions options, Action<Exception> onFailed)
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Retry = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan RetryMost = TimeSpan.FromSeconds(5);

    /// <summary>What the server could not do now. <c>RATE_LIMITED</c> with a detail is about what the app does too often, and for the app to hear of, unless it comes late.</summary>
    private static readonly HashSet<string> AgainCodes = ["NOT_READY", "TIMEOUT", "RATE_LIMITED"];

    private readonly TimeProvider _time = options.Time;
    private readonly List<IFollowed> _followed = [];

    public Turns Turns => turns;

    public Identity? Identity => link.Identity;

    /// <summary>Cancelled when there will be no connection any more.</summary>
    public CancellationToken Closed => link.Closed;

    /// <summary>Who follows something now.</summary>
    public IReadOnlyList<IFollowed> Followed => [.. _followed];

    public void Add(IFollowed followed) => _followed.Add(followed);

    public void Remove(IFollowed followed) => _followed.Remove(followed);

    /// <summary>
    /// Whether a channel is beneath a room that this client wants to be in. The server has nothing for those who are outside, and a room may be joined long after a connection was made.
    /// </summary>
    /// <param name="channel">Its name.</param>
    /// <param name="inside">Done once the client is there, or wants that no more.</param>
    public bool IsBeneathRoom(string channel, out Task inside)
    {
        foreach (var followed in _followed)
        {
            if (followed.IsBeneathRoom(channel, out inside))
                return true;
        }

        inside = Task.CompletedTask;
        return false;
    }

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
        where T : class => SendAsync(new Sequence(), method, request, type, wanted, asked);

    /// <summary>As the other, after what came before it in a sequence.</summary>
    public Task<T> SendAsync<T>(
        Sequence sequence, string method, object request, JsonTypeInfo<T> type, CancellationToken wanted = default, CancellationToken asked = default)
        where T : class
    {
        // At once, and not only when it is its turn.
        _ = RequestBytes.Of(request, options.RequestBytesMax);
        return AttemptAsync(sequence, () => link.InvokeAsync(method, request, type), wanted, asked);
    }

    /// <summary>Waits before what was refused is tried again: longer each time, up to 10 s.</summary>
    public Task BackOffAsync(int refusals, CancellationToken wanted) =>
        Task.Delay(Backoff.Of(refusals, TimeSpan.Zero, Random.Shared.NextDouble()), _time, wanted);

    /// <summary>
    /// Runs an action when live, again while the server cannot do it, until it succeeds, is refused, is no longer wanted, or 60 s have passed. What comes late, since there was no connection, or after something
    /// in its sequence that does, is tried again after each refusal that says when.
    /// </summary>
    /// <param name="action">What is under way is awaited, and its outcome answered: not wanted is not undone.</param>
    /// <param name="wanted">Cancelled when the client no longer wants it: refused with <c>LEFT</c>, or <c>CLOSED</c>.</param>
    /// <param name="asked">Cancelled by the caller.</param>
    public Task<T> AttemptAsync<T>(Func<Task<T>> action, CancellationToken wanted = default, CancellationToken asked = default) =>
        AttemptAsync(new Sequence(), action, wanted, asked);

    /// <summary>As the other, after what came before it in a sequence.</summary>
    public Task<T> AttemptAsync<T>(Sequence sequence, Func<Task<T>> action, CancellationToken wanted = default, CancellationToken asked = default) =>
        sequence.RunAsync(() => InsistAsync(sequence, action, wanted, asked));

    private async Task<T> InsistAsync<T>(Sequence sequence, Func<Task<T>> action, CancellationToken wanted, CancellationToken asked)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(wanted, asked, Closed);
        try
        {
            return await InsistUntilAsync(sequence, action, either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            asked.ThrowIfCancellationRequested();
            ThrowIfClosed();
            throw Refusals.Left();
        }
    }

    private async Task<T> InsistUntilAsync<T>(Sequence sequence, Func<Task<T>> action, CancellationToken wanted)
    {
        var started = _time.GetTimestamp();
        for (var refusals = 0; ;)
        {
            sequence.IsLate |= link.State != ConnectionState.Live;
            await link.WhenLiveAsync(Deadline - _time.GetElapsedTime(started), wanted);
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
                var wait = await RetryAfterAsync(exception.Refusal, refusals++, sequence.IsLate);
                wanted.ThrowIfCancellationRequested();
                if (wait is not { } again || _time.GetElapsedTime(started) + again >= Deadline)
                    throw;
                await Task.Delay(again, _time, wanted);
            }
        }
    }

    /// <summary>How long to wait before the same request is sent again; null if it is not to be.</summary>
    private async Task<TimeSpan?> RetryAfterAsync(Refusal refusal, int refusals, bool isLate)
    {
        TimeSpan? told = refusal.RetryAfterMs is { } ms ? TimeSpan.FromMilliseconds(ms) : null;
        if (refusal.Detail is null && AgainCodes.Contains(refusal.Code))
            return told ?? Retry;
        if (isLate && refusal.Retryable)
            return told;
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
