using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using WhatsSound.Gateway.Doors.SignalR;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Tests.Simulation.Resumes;

/// <summary>A connection of a client, over a socket that can be cut in the middle of what is written: the server does not notice, as with a kernel's buffer.</summary>
internal sealed class ResumeClient : ISessionSocket
{
    /// <summary>What the client makes of a goodbye in the place of an answer.</summary>
    private static readonly Refusal Unanswered = Refusals.Final(RefusalCode.ConnectionLimit, "The connection was closed.");

    private readonly Lock _gate = new();
    private readonly ResumeGateway _gateway;
    private readonly Dictionary<string, ClientView> _views;
    private readonly ConcurrentDictionary<string, TaskCompletionSource<Reply>> _asked = new(StringComparer.Ordinal);
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Session _session = null!;
    private int _requests;
    private int _untilCut = int.MaxValue;

    private ResumeClient(ResumeGateway gateway, IEnumerable<ClientView> views)
    {
        _gateway = gateway;
        _views = views.ToDictionary(static view => view.Channel, StringComparer.Ordinal);
    }

    public List<string> Broken { get; } = [];

    /// <summary>Why the server has closed it; null: it has not.</summary>
    public string? Closed { get; private set; }

    /// <summary>What happens while the answer to a resume is written, and nothing is released that waits for it.</summary>
    public Action OnResumed { get; set; } = static () => { };

    public IReadOnlyCollection<ClientView> Views
    {
        get
        {
            lock (_gate)
                return [.. _views.Values.Select(static view => view.Copy())];
        }
    }

    public IWireFormat Format => JsonHubFormat.Instance;

    public TimeSpan Silence => TimeSpan.Zero;

    public static async Task<ResumeClient> ConnectAsync(ResumeGateway gateway, string userId, IEnumerable<ClientView> views)
    {
        var client = new ResumeClient(gateway, views);
        client._session = await gateway.OpenAsync(userId, client);
        return client;
    }

    /// <summary>Asks, and takes the answer in the order in which it came.</summary>
    public async Task<Reply> AskAsync(string request, object fields)
    {
        var reference = Interlocked.Increment(ref _requests).ToString(CultureInfo.InvariantCulture);
        var answer = _asked[reference] = new(TaskCreationOptions.RunContinuationsAsynchronously);
        await _gateway.RunAsync(_session, reference, request, fields);
        lock (_gate)
        {
            if (Closed is not null)
                answer.TrySetResult(Reply.Of(Unanswered));
        }

        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>After so many messages nothing arrives any more.</summary>
    public void CutAfter(int messages)
    {
        lock (_gate)
            _untilCut = messages;
    }

    /// <summary>The server has noticed.</summary>
    public Task EndAsync() => _gateway.EndAsync(_session);

    /// <summary>Whether everything arrives up to there, or the server tells of a loss beyond, in a while.</summary>
    public async Task<bool> HasArrivedAsync(string channel, WhatsSound.Publications.Position position)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            Task changed;
            lock (_gate)
            {
                if (_views[channel].At is { } at && at.Epoch == position.Epoch && at.Offset >= position.Offset)
                    return true;
                changed = _changed.Task;
            }

            try
            {
                await changed.WaitAsync(patience.Token);
            }
            catch (OperationCanceledException)
            {
                return false;
            }
        }
    }

    public ValueTask WriteAsync(ReadOnlySpan<OutgoingMessage> messages)
    {
        foreach (var message in messages)
        {
            if (message is AnswerMessage { Reply.Value: SessionResumed { Channels.IsEmpty: false } })
                OnResumed();
        }

        TaskCompletionSource changed;
        lock (_gate)
        {
            foreach (var message in messages)
            {
                if (_untilCut <= 0)
                    break;
                _untilCut--;
                Take(message);
            }

            changed = _changed;
            _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        changed.SetResult();
        return ValueTask.CompletedTask;
    }

    public void Close() => Cut();

    public void Cut()
    {
        lock (_gate)
            _untilCut = 0;
    }

    private void Take(OutgoingMessage message)
    {
        switch (message)
        {
            case FrameMessage { Frame: var frame }:
                Note(_views[frame.Channel].Take(frame));
                break;
            case LostMessage { Lost: var lost }:
                _views[lost.Channel].Lose(lost.Position);
                break;
            case ClosingMessage { Closing.Code: var code }:
                Closed = code;
                foreach (var asked in _asked.Values)
                    asked.TrySetResult(Reply.Of(Unanswered));
                break;
            case AnswerMessage answer:
                foreach (var recovery in RecoveriesIn(answer.Reply))
                    Note(_views[recovery.Channel].Take(recovery));
                _asked[(string)answer.Reference].TrySetResult(answer.Reply);
                break;
        }
    }

    private static ImmutableArray<ChannelRecovery> RecoveriesIn(Reply reply) => reply.Value switch
    {
        ChannelRecovery recovery => [recovery],
        SessionResumed resumed => resumed.Channels,
        _ => [],
    };

    private void Note(string? wrong)
    {
        if (wrong is not null)
            Broken.Add(wrong);
    }
}
