using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Grains;

/// <summary>An outbox that outlives silos but not the test, and fails on demand.</summary>
public sealed class MemoryOutbox : IOutbox
{
    private readonly Lock _gate = new();
    private readonly List<(string Lane, OutboxRow Row)> _rows = [];
    private readonly Dictionary<string, OutboxMark> _marks = [];
    private bool _isFailing;
    private bool _areEventsFailing;
    private TaskCompletionSource? _hanging;
    private int _hangingCount;
    private long _number;

    /// <summary>Lets every append fail, or no more.</summary>
    public void Fail(bool isFailing = true)
    {
        lock (_gate)
            _isFailing = isFailing;
    }

    /// <summary>Lets every append of events fail, or no more; those of marks alone do not.</summary>
    public void FailEvents(bool isFailing = true)
    {
        lock (_gate)
            _areEventsFailing = isFailing;
    }

    /// <summary>Lets appends and reads of marks end no more, or end all of them, as failed. Counts them anew.</summary>
    public void Hang(bool isHanging = true)
    {
        TaskCompletionSource? ended;
        lock (_gate)
        {
            ended = _hanging;
            _hanging = isHanging ? new(TaskCreationOptions.RunContinuationsAsynchronously) : null;
            _hangingCount = 0;
        }

        ended?.TrySetException(new StorageUnavailableException("The test let the outbox hang."));
    }

    /// <summary>How many calls hang.</summary>
    public int HangingCount
    {
        get
        {
            lock (_gate)
                return _hangingCount;
        }
    }

    /// <summary>What waits about a channel: the sources, in order.</summary>
    public IReadOnlyList<string> SourcesOf(string channel)
    {
        lock (_gate)
            return [.. _rows.Select(static one => one.Row.Source).Where(source => source.Contains(channel, StringComparison.Ordinal))];
    }

    public Task AppendAsync(OutboxAppend append, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (_hanging is not null)
                return HangAsync(cancellationToken);
            if (_isFailing || (_areEventsFailing && !append.Entries.IsEmpty))
                throw new StorageUnavailableException("The test lets the outbox fail.");
            foreach (var entry in append.Entries.Where(entry => !_rows.Exists(one => one.Lane == entry.Lane && one.Row.Source == entry.Source)))
                _rows.Add((entry.Lane, new(++_number, entry.Source, entry.AtMs, entry.Content)));
            if (append.Mark is { } mark && !(_marks.GetValueOrDefault(mark.Channel)?.AtMs > mark.AtMs))
                _marks[mark.Channel] = mark;
        }

        return Task.CompletedTask;
    }

    public Task<OutboxMark?> FindMarkAsync(string channel, CancellationToken cancellationToken)
    {
        lock (_gate)
            return _hanging is null ? Task.FromResult(_marks.GetValueOrDefault(channel)) : HangAsync(cancellationToken);
    }

    public Task<IReadOnlyList<OutboxRow>> ReadAsync(string lane, int countMax, int bytesMax, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var bytes = 0;
            return Task.FromResult<IReadOnlyList<OutboxRow>>(
                [.. RowsOf(lane).Take(countMax).TakeWhile((row, index) => (bytes += row.Content.Length) <= bytesMax || index == 0)]);
        }
    }

    public Task RemoveAsync(string lane, IReadOnlyList<long> numbers, CancellationToken cancellationToken) =>
        RemoveAsync(lane, row => numbers.Contains(row.EntryNumber));

    public Task<int> DropAsync(string lane, DateTimeOffset before, CancellationToken cancellationToken) =>
        RemoveAsync(lane, row => row.AtMs < before.ToUnixTimeMilliseconds());

    public Task<int> TrimAsync(string lane, int countMax, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            var kept = RowsOf(lane).TakeLast(countMax).Select(static row => row.EntryNumber).ToHashSet();
            return RemoveAsync(lane, row => !kept.Contains(row.EntryNumber));
        }
    }

    public Task<IReadOnlyList<OutboxLane>> ListLanesAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<OutboxLane>>([.. _rows.GroupBy(static one => one.Lane).OrderBy(static lane => lane.Key, StringComparer.Ordinal)
                .Select(static lane => new OutboxLane(lane.Key, lane.Count()))]);
        }
    }

    public Task<IReadOnlyList<string>> ListOccupiedAsync(string afterChannel, int countMax, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult<IReadOnlyList<string>>([.. _marks.Values.Where(static mark => mark.IsOccupied).Select(static mark => mark.Channel)
                .Where(channel => string.CompareOrdinal(channel, afterChannel) > 0).Order(StringComparer.Ordinal).Take(countMax)]);
        }
    }

    public Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            foreach (var mark in _marks.Values.Where(mark => !mark.IsOccupied && mark.AtMs < (now - SqlOutbox.MarkAgeMax).ToUnixTimeMilliseconds()).ToList())
                _marks.Remove(mark.Channel);
            return Task.FromResult(_rows.RemoveAll(one => one.Row.AtMs < (now - SqlOutbox.RowAgeMax).ToUnixTimeMilliseconds()));
        }
    }

    private async Task<OutboxMark?> HangAsync(CancellationToken cancellationToken)
    {
        _hangingCount++;
        await _hanging!.Task.WaitAsync(cancellationToken);
        return null;
    }

    private IEnumerable<OutboxRow> RowsOf(string lane) => _rows.Where(one => one.Lane == lane).Select(static one => one.Row);

    private Task<int> RemoveAsync(string lane, Predicate<OutboxRow> isGone)
    {
        lock (_gate)
            return Task.FromResult(_rows.RemoveAll(one => one.Lane == lane && isGone(one.Row)));
    }
}
