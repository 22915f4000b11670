namespace WhatsSound.Gateway.Application;

/// <summary>
/// Yeses of the app to whoever reads a channel, each kept for 10 s, so that one who reads page by page is not asked about for each. Bounded: where there are too many, the oldest is asked about again. Safe from any thread.
/// </summary>
internal sealed class KeptRulings(TimeProvider time)
{
    /// <summary>How long a yes counts after it was given.</summary>
    public static readonly TimeSpan KeptFor = TimeSpan.FromSeconds(10);

    /// <summary>At about 300 bytes each, 1.2 MB.</summary>
    public const int CountMax = 4_096;

    private readonly Lock _gate = new();
    private readonly HashSet<(Caller, string)> _kept = [];
    private readonly Queue<((Caller, string) Yes, DateTimeOffset Until)> _order = [];

    public bool Has(Caller caller, string channel)
    {
        lock (_gate)
        {
            Forget(countMax: CountMax);
            return _kept.Contains((caller, channel));
        }
    }

    public void Keep(Caller caller, string channel)
    {
        lock (_gate)
        {
            Forget(countMax: CountMax - 1);
            if (_kept.Add((caller, channel)))
                _order.Enqueue(((caller, channel), time.GetUtcNow() + KeptFor));
        }
    }

    private void Forget(int countMax)
    {
        var now = time.GetUtcNow();
        while (_order.TryPeek(out var oldest) && (oldest.Until <= now || _order.Count > countMax))
            _kept.Remove(_order.Dequeue().Yes);
    }
}
