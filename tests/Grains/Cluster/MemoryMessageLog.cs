using WhatsSound.Channels;
using WhatsSound.Grains.Storage;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Grains;

/// <summary>A message log that outlives silos but not the test, and fails on demand.</summary>
public sealed class MemoryMessageLog : IMessageLog
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, LoggedChannel> _heads = [];
    private readonly Dictionary<string, List<(string Epoch, Publication Publication)>> _kept = [];
    private readonly Dictionary<string, LogFault> _faults = [];
    private readonly Dictionary<string, Task> _holds = [];
    private readonly Dictionary<string, (Task Hold, TaskCompletionSource Waiting)> _appendHolds = [];
    private int _waitingReads;

    /// <summary>Lets every access for the channel fail, until <see cref="LogFault.None"/>.</summary>
    public void Fail(string channel, LogFault fault)
    {
        lock (_gate)
            _faults[channel] = fault;
    }

    /// <summary>Lets every read of the channel's publications wait, also those under way, until the task is done or the reader gives up.</summary>
    public void HoldReads(string channel, Task hold)
    {
        lock (_gate)
            _holds[channel] = hold;
    }

    /// <summary>Lets every append for the channel wait until the task is done.</summary>
    public void HoldAppends(string channel, Task hold)
    {
        lock (_gate)
            _appendHolds[channel] = (hold, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
    }

    /// <summary>Ends when an append for the channel waits.</summary>
    public Task WhenAppendsWaitAsync(string channel)
    {
        lock (_gate)
            return _appendHolds[channel].Waiting.Task;
    }

    /// <summary>How many reads of the channel's publications wait.</summary>
    public int WaitingReads => Volatile.Read(ref _waitingReads);

    /// <summary>What another writer would do.</summary>
    public void Overtake(string channel, Publication publication)
    {
        lock (_gate)
            Keep(channel, _heads[channel].Epoch, publication, onlyLastPerKey: false);
    }

    public IReadOnlyList<Publication> KeptOf(string channel)
    {
        lock (_gate)
            return [.. _kept.GetValueOrDefault(channel, []).Select(kept => kept.Publication)];
    }

    public Task<LoggedChannel?> FindAsync(string channel, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            ThrowOn(channel, LogFault.Everything);
            return Task.FromResult(_heads.GetValueOrDefault(channel));
        }
    }

    public async Task AppendAsync(string channel, string epoch, Publication publication, Retention retention, Amendment? amends, CancellationToken cancellationToken)
    {
        Task? hold = null;
        lock (_gate)
        {
            if (_appendHolds.TryGetValue(channel, out var held))
            {
                held.Waiting.TrySetResult();
                hold = held.Hold;
            }
        }

        if (hold is not null)
            await hold.WaitAsync(cancellationToken);
        lock (_gate)
        {
            ThrowOn(channel, LogFault.Everything);
            ThrowOn(channel, LogFault.BeforeAppend);
            if (_heads.TryGetValue(channel, out var head) && head.Epoch == epoch && head.HeadOffset >= publication.Offset)
                throw new MessageLogConflictException(channel, epoch, publication.Offset);
            if (amends is not null)
                Amend(channel, epoch, amends, publication);
            Keep(channel, epoch, publication, retention.OnlyLastPerKey);
            ThrowOn(channel, LogFault.AfterAppend);
        }
    }

    public async Task<IReadOnlyList<Publication>> ReadAfterAsync(
        string channel, string epoch, long afterOffset, int countMax, CancellationToken cancellationToken)
    {
        await WaitToReadAsync(channel, cancellationToken);
        return [.. Read(channel, epoch).Where(publication => publication.Offset > afterOffset).Take(countMax)];
    }

    public async Task<IReadOnlyList<Publication>> ReadBeforeAsync(
        string channel, string epoch, long beforeOffset, int countMax, CancellationToken cancellationToken)
    {
        await WaitToReadAsync(channel, cancellationToken);
        return [.. Read(channel, epoch).Where(publication => publication.Offset < beforeOffset).TakeLast(countMax)];
    }

    public async Task<IReadOnlyList<Publication>> ReadLastAsync(string channel, string epoch, int countMax, CancellationToken cancellationToken)
    {
        await WaitToReadAsync(channel, cancellationToken);
        return [.. Read(channel, epoch).TakeLast(countMax)];
    }

    public async Task<LoggedTime> FindTimeAsync(string channel, string epoch, long timeMs, CancellationToken cancellationToken)
    {
        await WaitToReadAsync(channel, cancellationToken);
        var kept = Read(channel, epoch);
        return new(kept.Find(publication => publication.TimeMs >= timeMs)?.Offset, kept.Exists(publication => publication.TimeMs < timeMs));
    }

    public Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellationToken) => Task.FromResult(0);

    private async Task WaitToReadAsync(string channel, CancellationToken cancellationToken)
    {
        Task hold;
        lock (_gate)
            hold = _holds.GetValueOrDefault(channel, Task.CompletedTask);
        Interlocked.Increment(ref _waitingReads);
        try
        {
            await hold.WaitAsync(cancellationToken);
        }
        finally
        {
            Interlocked.Decrement(ref _waitingReads);
        }
    }

    private List<Publication> Read(string channel, string epoch)
    {
        lock (_gate)
        {
            ThrowOn(channel, LogFault.Everything);
            return [.. _kept.GetValueOrDefault(channel, []).Where(kept => kept.Epoch == epoch).Select(kept => kept.Publication)];
        }
    }

    private void Keep(string channel, string epoch, Publication publication, bool onlyLastPerKey)
    {
        if (!_kept.TryGetValue(channel, out var kept))
            _kept.Add(channel, kept = []);
        if (onlyLastPerKey)
            kept.RemoveAll(other => other.Publication.Key == publication.Key);
        kept.Add((epoch, publication));
        _heads[channel] = new(epoch, publication.Offset);
    }

    private void Amend(string channel, string epoch, Amendment amends, Publication by)
    {
        var kept = _kept.GetValueOrDefault(channel, []);
        for (var index = 0; index < kept.Count; index++)
        {
            var (of, one) = kept[index];
            if (of != epoch)
                continue;
            if (one.Offset == amends.Offset)
                kept[index] = (of, one.AmendedBy(by, amends.Data));
            else if (one.Offset > amends.Offset && by.Key is not null && one.Key == by.Key)
                kept[index] = (of, one.SupersededBy(by));
        }
    }

    private void ThrowOn(string channel, LogFault fault)
    {
        if (_faults.GetValueOrDefault(channel) == fault)
            throw new IOException($"The test lets the log of {channel} fail.");
    }
}
