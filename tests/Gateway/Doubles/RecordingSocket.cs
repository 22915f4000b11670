using System.Collections.Immutable;
using WhatsSound.Gateway.Doors.SignalR;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Gateway.Doubles;

/// <summary>A socket that remembers what was written, and takes no more while it is stalled.</summary>
internal sealed class RecordingSocket : ISessionSocket
{
    private readonly Lock _gate = new();
    private ImmutableList<ImmutableArray<OutgoingMessage>> _writes = [];
    private TaskCompletionSource? _stall;

    /// <summary>Done once the connection was closed.</summary>
    public TaskCompletionSource Closed { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ImmutableList<ImmutableArray<OutgoingMessage>> Writes => Volatile.Read(ref _writes);

    public IEnumerable<OutgoingMessage> Messages => Writes.SelectMany(static write => write);

    public IEnumerable<ChannelFrame> Frames => Messages.OfType<FrameMessage>().Select(static message => message.Frame);

    public IEnumerable<long> Offsets => Frames.SelectMany(static frame => frame.Publications).Select(static publication => publication.Offset);

    public IWireFormat Format => JsonHubFormat.Instance;

    public TimeSpan Silence { get; set; }

    public bool IsGoingAway { get; set; }

    /// <summary>What else happens while a message is written.</summary>
    public Action<OutgoingMessage> Writing { get; set; } = static _ => { };

    public ValueTask WriteAsync(ReadOnlySpan<OutgoingMessage> messages)
    {
        foreach (var message in messages)
            Writing(message);
        lock (_gate)
        {
            _writes = _writes.Add([.. messages]);
            return _stall is null ? ValueTask.CompletedTask : new ValueTask(_stall.Task);
        }
    }

    public void Close() => Closed.TrySetResult();

    public void Cut() => Closed.TrySetResult();

    /// <summary>Further writes are taken, and not done before <see cref="Resume"/>.</summary>
    public void Stall()
    {
        lock (_gate)
            _stall = new TaskCompletionSource();
    }

    /// <summary>What was written is out; what the outbox held back is written in this call.</summary>
    public void Resume()
    {
        TaskCompletionSource? stall;
        lock (_gate)
        {
            stall = _stall;
            _stall = null;
        }

        stall?.SetResult();
    }
}
