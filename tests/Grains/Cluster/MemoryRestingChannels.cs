using WhatsSound.Grains.Storage;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Grains;

/// <summary>Resting channels that outlive silos but not the test, and fail on demand.</summary>
public sealed class MemoryRestingChannels : IRestingChannels
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Position Position, bool IsResting)> _rows = [];
    private readonly HashSet<string> _failing = [];
    private readonly Dictionary<string, Task> _holds = [];
    private int _waiting;

    /// <summary>How many channels wait to be told where they go on.</summary>
    public int Waiting => Volatile.Read(ref _waiting);

    /// <summary>Lets whoever takes the channel wait, until the task is done or they give up.</summary>
    public void Hold(string channel, Task hold)
    {
        lock (_gate)
            _holds[channel] = hold;
    }

    /// <summary>Lets every access for the channel fail, or no more.</summary>
    public void Fail(string channel, bool isFailing = true)
    {
        lock (_gate)
            _ = isFailing ? _failing.Add(channel) : _failing.Remove(channel);
    }

    /// <summary>Where the channel rests; null: it does not.</summary>
    public Position? FindRest(string channel)
    {
        lock (_gate)
            return _rows.TryGetValue(channel, out var row) && row.IsResting ? row.Position : null;
    }

    public async Task<RestedPosition> TakeAsync(string channel, string newEpoch, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await WaitAsync(channel, cancellationToken);
        lock (_gate)
        {
            ThrowIfFailing(channel);
            var position = _rows.TryGetValue(channel, out var row) && row.IsResting ? row.Position : (Position?)null;
            _rows[channel] = (position ?? new(newEpoch, 0), false);
            return new RestedPosition(_rows[channel].Position, position is not null);
        }
    }

    public Task<RestedPosition?> ReadAsync(string channel, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ThrowIfFailing(channel);
            return Task.FromResult<RestedPosition?>(
                _rows.TryGetValue(channel, out var row) ? new(row.IsResting ? row.Position : row.Position with { Offset = 0 }, row.IsResting) : null);
        }
    }

    public Task RestAsync(string channel, Position head, DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ThrowIfFailing(channel);
            if (!_rows.TryGetValue(channel, out var row) || row.Position.Epoch == head.Epoch)
                _rows[channel] = (head, true);
            return Task.CompletedTask;
        }
    }

    public Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellationToken) => Task.FromResult(0);

    private async Task WaitAsync(string channel, CancellationToken cancellationToken)
    {
        Task hold;
        lock (_gate)
            hold = _holds.GetValueOrDefault(channel, Task.CompletedTask);
        Interlocked.Increment(ref _waiting);
        try
        {
            await hold.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private void ThrowIfFailing(string channel)
    {
        if (_failing.Contains(channel))
            throw new IOException($"The test lets the resting place of {channel} fail.");
    }
}
