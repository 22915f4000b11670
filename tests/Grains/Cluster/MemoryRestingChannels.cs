using WhatsSound.Grains.Storage;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Grains;

/// <summary>Resting channels that outlive silos but not the test, and fail on demand.</summary>
public sealed class MemoryRestingChannels : IRestingChannels
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, (Position Position, bool IsResting)> _rows = [];
    private readonly HashSet<string> _failing = [];

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

    public Task<RestedPosition> TakeAsync(string channel, string newEpoch, DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ThrowIfFailing(channel);
            var position = _rows.TryGetValue(channel, out var row) && row.IsResting ? row.Position : (Position?)null;
            _rows[channel] = (position ?? new(newEpoch, 0), false);
            return Task.FromResult(new RestedPosition(_rows[channel].Position, position is not null));
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

    private void ThrowIfFailing(string channel)
    {
        if (_failing.Contains(channel))
            throw new IOException($"The test lets the resting place of {channel} fail.");
    }
}
