namespace WhatsSound.Gateway.Delivery;

/// <summary>Calls to many grains, so many at once.</summary>
internal static class BoundedCalls
{
    /// <summary>
    /// A call that takes longer than this part of the interval of renewals goes on by itself and gives its place to the next: calls that are answered take milliseconds.
    /// </summary>
    private const int PlacesPerInterval = 10;

    /// <summary>After how long a call counts as one that hangs.</summary>
    public static TimeSpan HangsAfter(DeliveryOptions options) => options.RenewInterval / PlacesPerInterval;

    /// <summary>Makes a call for each. Whoever makes them says that none is made again while it hangs.</summary>
    /// <param name="all">For what.</param>
    /// <param name="callAsync">Does not throw.</param>
    /// <param name="options">How many at once.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static Task ForEachAsync<T>(IEnumerable<T> all, Func<T, Task> callAsync, DeliveryOptions options, TimeProvider time, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        all,
        new ParallelOptions { MaxDegreeOfParallelism = options.ParallelCallsMax, CancellationToken = cancellationToken },
        async (one, token) => await callAsync(one).WaitAsync(HangsAfter(options), time, token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing));
}
