using System.Collections.Immutable;
using WhatsSound.Publications;
using WhatsSound.Streams;

namespace WhatsSound.Tests.Grains.Streams;

/// <summary>A gateway's end of its lanes that keeps what it gets, and answers as a test wants.</summary>
internal sealed class TestGateway : ILaneReceiver
{
    private readonly Lock _gate = new();
    private readonly List<LaneBatch> _batches = [];
    private readonly List<(Func<IReadOnlyList<LaneBatch>, bool> IsMet, TaskCompletionSource Met)> _waiting = [];
    private TaskCompletionSource? _blocked;
    private Exception? _failure;

    public Guid Id { get; } = Guid.NewGuid();

    public IReadOnlyList<LaneBatch> Batches
    {
        get
        {
            lock (_gate)
                return [.. _batches];
        }
    }

    public ImmutableArray<ChannelFrame> Frames => [.. Batches.SelectMany(batch => batch.Frames)];

    public ImmutableArray<Publication> Publications => [.. Frames.SelectMany(frame => frame.Publications)];

    public Task DeliverAsync(LaneBatch batch)
    {
        Task answer;
        List<TaskCompletionSource> met = [];
        lock (_gate)
        {
            _batches.Add(batch);
            answer = _failure is { } failure ? Task.FromException(failure) : _blocked?.Task ?? Task.CompletedTask;
            foreach (var waiting in _waiting.Where(waiting => waiting.IsMet(_batches)).ToList())
            {
                _waiting.Remove(waiting);
                met.Add(waiting.Met);
            }
        }

        foreach (var source in met)
            source.SetResult();
        return answer;
    }

    /// <summary>No batch is answered until <see cref="Unblock"/>.</summary>
    public void Block()
    {
        lock (_gate)
            _blocked ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Answers what is unanswered, and all that comes.</summary>
    public void Unblock()
    {
        lock (_gate)
        {
            _blocked?.SetResult();
            _blocked = null;
        }
    }

    /// <summary>Every batch fails from now on; null: none.</summary>
    public void Fail(Exception? failure)
    {
        lock (_gate)
            _failure = failure;
    }

    /// <summary>Done when the batches so far are as wanted.</summary>
    public async Task UntilAsync(Func<IReadOnlyList<LaneBatch>, bool> isMet)
    {
        Task met;
        lock (_gate)
        {
            if (isMet(_batches))
                return;
            var waiting = (isMet, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
            _waiting.Add(waiting);
            met = waiting.Item2.Task;
        }

        try
        {
            await met.WaitAsync(TimeSpan.FromMinutes(2));
        }
        catch (TimeoutException timeout)
        {
            var batches = Batches.Select(static batch => $"{batch.LaneId:N}#{batch.Sequence} [{string.Join(", ", batch.Frames.Select(static frame => $"{frame.Channel} {frame.Epoch} {frame.PreviousOffset}-{frame.HeadOffset}"))}]");
            throw new TimeoutException($"Not met by {Batches.Count} batches: {string.Join(", ", batches)}.", timeout);
        }
    }

    /// <summary>Done when a publication of the channel at the offset, or a later one, is here.</summary>
    public Task UntilOffsetAsync(string channel, long offset) =>
        UntilAsync(batches => batches.Any(batch => batch.Frames.Any(frame => frame.Channel == channel && frame.HeadOffset >= offset)));
}
