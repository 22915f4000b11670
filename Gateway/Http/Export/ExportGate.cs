using WhatsSound.Gateway.Identity;
using WhatsSound.Limits;

namespace WhatsSound.Gateway.Http;

/// <summary>
/// How many take a room's history out at once: one of a user, some of an address, and as many of a gateway as cost little while their clients take their time. Few read the database at once, each for a page: a client that is slow
/// holds up none of them. And how often: each also wakes the room that it asks for, whether there is one or not.
/// </summary>
internal sealed class ExportGate(TimeProvider time) : IDisposable
{
    /// <summary>How often a user asks in a minute, and at once.</summary>
    public const int PerMinuteMax = 10;

    /// <summary>8: an office behind one address, and no more than an eighth of all.</summary>
    public const int OfAddressMax = 8;

    /// <summary>64: each holds a page of a hundred plays, so all of them some megabytes.</summary>
    public const int AtOnceMax = 64;

    /// <summary>8: a page is read in milliseconds.</summary>
    private const int ReadsMax = 8;

    /// <summary>How many users' pace is known.</summary>
    private const int KnownMax = 10_000;

    private readonly RecentBuckets<string> _paces = new(KnownMax);
    private readonly Dictionary<string, string> _addressOf = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim _reads = new(ReadsMax);

    /// <summary>Whether the user has asked too often; any question counts.</summary>
    public bool IsTooFast(SessionIdentity identity, out TimeSpan retryAfter) =>
        !_paces.TryTake(identity.UserId, time.MonotonicTicks(), PerMinuteMax / 60.0, PerMinuteMax, out retryAfter);

    /// <summary>Null: the user may begin, and <see cref="Leave"/> is to be called; or why not.</summary>
    /// <param name="identity">Who.</param>
    /// <param name="address">From where, as <see cref="AddressKey"/>.</param>
    public Refusal? Enter(SessionIdentity identity, string address)
    {
        lock (_addressOf)
        {
            if (_addressOf.ContainsKey(identity.UserId))
                return Later("One history at a time: another of yours is still on its way.");
            if (_addressOf.Values.Count(other => other == address) >= OfAddressMax)
                return Later("Too many histories are being taken out from this address.");
            if (_addressOf.Count >= AtOnceMax)
                return Later("The gateway is sending as many histories as it can.");
            _addressOf.Add(identity.UserId, address);
            return null;
        }
    }

    public void Leave(SessionIdentity identity)
    {
        lock (_addressOf)
            _addressOf.Remove(identity.UserId);
    }

    /// <summary>Reads a page when it is its turn, which lasts until the read has ended, also where nobody waits for it any more. Throws <see cref="TimeoutException"/> where that took too long.</summary>
    public async Task<T> ReadAsync<T>(Func<Task<T>> read, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (!await WaitAsync(timeout, cancellationToken))
            throw new TimeoutException("Too many histories are read at once.");
        return await ReadInTurnAsync(read).WaitAsync(timeout, time, cancellationToken);
    }

    public void Dispose() => _reads.Dispose();

    private static Refusal Later(string message) => Refusals.Retry(RefusalCode.RateLimited, message, TimeSpan.FromSeconds(5));

    private async Task<T> ReadInTurnAsync<T>(Func<Task<T>> read)
    {
        try
        {
            return await read();
        }
        finally
        {
            _reads.Release();
        }
    }

    private async Task<bool> WaitAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var patience = new CancellationTokenSource(timeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            await _reads.WaitAsync(either.Token);
            return true;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return false;
        }
    }
}
