namespace WhatsSound.Grains.Placement;

/// <summary>
/// What grains of this silo ask when they are told to go: whether there is a silo to go to, and when there is room on the way. Orleans deactivates up to 512 grains
/// per core at once at shutdown, and sends up to a thousand moving grains in one message; memory in flight is bounded here, so that such a message stays far below
/// Orleans' limit of 100 MB. The time is bounded by the host's shutdown timeout.
/// </summary>
internal sealed class Departures(ISiloStatusOracle statuses) : IDisposable
{
    /// <summary>How many places there are; together 32 MiB.</summary>
    private const int PlacesMax = 512;

    private const int PlaceBytes = 64 * 1024;

    private readonly SemaphoreSlim _places = new(PlacesMax);
    private readonly SemaphoreSlim _turn = new(1);

    /// <summary>
    /// To be asked while the grain deactivates. If so, the grain should call <c>MigrateOnIdle</c>: at shutdown the runtime moves a grain only if the grain says so.
    /// </summary>
    public bool ShouldMove(DeactivationReason reason) => reason.ReasonCode == DeactivationReasonCode.ShuttingDown && HasOtherSilo();

    /// <summary>Waits for room for so many bytes; disposing what is answered gives it back. One that needs more than there is waits until it is alone.</summary>
    public async Task<IDisposable> EnterAsync(long bytes, CancellationToken cancellationToken)
    {
        var needed = (int)Math.Clamp((bytes / PlaceBytes) + 1, 1, PlacesMax);
        var taken = 0;

        // One at a time takes its places, or two could hold what the other needs.
        await _turn.WaitAsync(cancellationToken);
        try
        {
            for (; taken < needed; taken++)
                await _places.WaitAsync(cancellationToken);
            return new Places(_places, needed);
        }
        catch
        {
            if (taken > 0)
                _places.Release(taken);
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose()
    {
        _places.Dispose();
        _turn.Dispose();
    }

    private bool HasOtherSilo() => statuses.GetApproximateSiloStatuses(onlyActive: true).Keys.Any(silo => !silo.Equals(statuses.SiloAddress));

    private sealed class Places(SemaphoreSlim places, int count) : IDisposable
    {
        private int _count = count;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _count, 0) is > 0 and var held)
                places.Release(held);
        }
    }
}
