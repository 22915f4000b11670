using WhatsSound.Gateway.Delivery;

namespace WhatsSound.Gateway.Sessions;

/// <summary>
/// Whose turn it is among the requests of one session, in the order in which they came, and for how long. How many wait is bounded by how many its door takes at once, which is one where nothing is wrong.
/// </summary>
internal sealed class RequestTurns(TimeProvider time)
{
    /// <summary>What hangs is given up, and what was begun is undone, before a client gives the connection up, after 10 s: other channels and rooms have it too.</summary>
    public static readonly TimeSpan Within = TimeSpan.FromSeconds(8);

    /// <summary>By then the answer is out, whatever does not mind that it is given up.</summary>
    public static readonly TimeSpan AnsweredWithin = TimeSpan.FromSeconds(9);

    private readonly Places _place = new(1);
    private readonly Lock _gate = new();
    private CancellationTokenSource? _givingUp;
    private long? _begunAt;
    private bool _hasEnded;

    /// <summary>Cancelled when the connection is gone, and when the request under way has taken its time. Made for the first who asks: most requests never need it.</summary>
    public CancellationToken GivenUp
    {
        get
        {
            lock (_gate)
            {
                if (_hasEnded)
                    return new CancellationToken(canceled: true);
                _givingUp ??= _begunAt is { } begunAt ? new CancellationTokenSource(Left(begunAt, Within), time) : new CancellationTokenSource();
                return _givingUp.Token;
            }
        }
    }

    /// <summary>Whether the request under way has taken its time, and the connection is still there.</summary>
    public bool IsLate
    {
        get
        {
            lock (_gate)
                return !_hasEnded && _begunAt is { } begunAt && (_givingUp is { IsCancellationRequested: true } || time.GetElapsedTime(begunAt) >= Within);
        }
    }

    /// <summary>Done when it is the caller's turn; <see cref="Leave"/> must follow.</summary>
    public Task EnterAsync() => _place.EnterAsync();

    /// <summary>The request is carried out from now on: its time does not run while its client does not read.</summary>
    public void Begin()
    {
        lock (_gate)
            (_begunAt, _givingUp) = (time.GetTimestamp(), null);
    }

    /// <summary>The request under way, or a TimeoutException where it does not mind that it is given up.</summary>
    public Task<T> InTimeAsync<T>(Task<T> request) =>
        request.IsCompleted || _begunAt is not { } begunAt ? request : request.WaitAsync(Left(begunAt, AnsweredWithin), time);

    public void Leave()
    {
        CancellationTokenSource? givingUp;
        lock (_gate)
            (_begunAt, givingUp, _givingUp) = (null, _givingUp, null);
        End(givingUp);
        _place.Leave();
    }

    /// <summary>The connection is gone.</summary>
    public void End()
    {
        CancellationTokenSource? givingUp;
        lock (_gate)
            (_hasEnded, givingUp, _givingUp) = (true, _givingUp, null);
        End(givingUp);
    }

    private static void End(CancellationTokenSource? givingUp)
    {
        givingUp?.Cancel();
        givingUp?.Dispose();
    }

    private TimeSpan Left(long begunAt, TimeSpan within) => within - time.GetElapsedTime(begunAt) is { Ticks: > 0 } left ? left : TimeSpan.Zero;
}
