using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Presence;
using WhatsSound.Publications;
using WhatsSound.Streams;

namespace WhatsSound.Tests.Gateway.Doubles;

/// <summary>A channel that does what a test says: it keeps publications and a lane, and a test decides which frames get lost.</summary>
internal sealed class FakeChannel(string name) : IChannelGrain
{
    private readonly Lock _gate = new();
    private readonly List<Publication> _publications = [];
    private ILaneReceiver? _lane;
    private long _sequence;
    private long _sent;

    public string Epoch { get; private set; } = "e1";

    public Guid LaneId { get; private set; } = Guid.NewGuid();

    /// <summary>Up to here publications are forgotten.</summary>
    public long ForgottenUpTo { get; set; }

    /// <summary>How many more publications are forgotten after each reading.</summary>
    public long ForgetsPerReading { get; set; }

    public int Recoveries { get; private set; }

    public List<PresenceEntry> Entered { get; } = [];

    public List<PresenceExit> Exits { get; } = [];

    public List<PublishRequest> Requests { get; } = [];

    /// <summary>Why it does not take a publication; null: it does.</summary>
    public Func<PublishRequest, Refusal?> Refuses { get; set; } = static _ => null;

    public bool IsPresenceKnown { get; set; } = true;

    /// <summary>Thrown by the next recovery.</summary>
    public Exception? Failure { get; set; }

    /// <summary>What a recovery waits for, after it has read.</summary>
    public Task RecoveryHold { get; set; } = Task.CompletedTask;

    /// <summary>What a new lane waits for, after it was taken.</summary>
    public Task AttachHold { get; set; } = Task.CompletedTask;

    /// <summary>What a lane that goes waits for, after it has gone.</summary>
    public Task DetachHold { get; set; } = Task.CompletedTask;

    /// <summary>What a leave waits for, after it was noted.</summary>
    public Task LeaveHold { get; set; } = Task.CompletedTask;

    /// <summary>What a renewal waits for.</summary>
    public Task RenewHold { get; set; } = Task.CompletedTask;

    public int Renewals { get; private set; }

    /// <summary>What the last renewal said.</summary>
    public GatewayLease? Lease { get; private set; }

    public List<PresenceRoll> Rolls { get; } = [];

    /// <summary>Connections that are refused whatever a page says.</summary>
    public ImmutableArray<string> Refused { get; set; } = [];

    public bool HasLane => _lane is not null;

    private Position Head => new(Epoch, _publications.Count);

    /// <summary>Numbers publications without telling anybody.</summary>
    public void Add(int count)
    {
        lock (_gate)
        {
            for (var i = 0; i < count; i++)
                _publications.Add(Sample.At(_publications.Count + 1));
        }
    }

    /// <summary>Numbers a publication of a test's own.</summary>
    public void Add(Publication one)
    {
        lock (_gate)
            _publications.Add(one with { Offset = _publications.Count + 1 });
    }

    /// <summary>Sends what was added since the last frame.</summary>
    public void Send()
    {
        lock (_gate)
        {
            var frame = Sample.Frame(_sent, _publications.Count, name, Epoch) with { Publications = [.. _publications.Skip((int)_sent)] };
            _sent = _publications.Count;
            if (frame.Publications.Length > 0)
                _ = _lane?.DeliverAsync(new LaneBatch { LaneId = LaneId, Sequence = ++_sequence, Frames = [frame] });
        }
    }

    public void AddAndSend(int count)
    {
        Add(count);
        Send();
    }

    /// <summary>A frame with a publication for each of these events.</summary>
    public void AddAndSend(params string[] events)
    {
        lock (_gate)
        {
            foreach (var one in events)
                _publications.Add(Sample.At(_publications.Count + 1) with { Event = one });
        }

        Send();
    }

    /// <summary>A frame with a publication of that size.</summary>
    public void AddAndSend(string one, int bytes)
    {
        lock (_gate)
            _publications.Add(Sample.At(_publications.Count + 1, bytes: bytes) with { Event = one });
        Send();
    }

    /// <summary>A frame is made and gets lost on its way.</summary>
    public void AddAndLose(int count)
    {
        lock (_gate)
        {
            Add(count);
            _sent = _publications.Count;
        }
    }

    /// <summary>The lane drops a batch, and says so by its numbers.</summary>
    public void SkipBatch() => _sequence++;

    /// <summary>A frame as it comes, whatever the channel knows.</summary>
    public void SendRaw(ChannelFrame frame) => _ = _lane?.DeliverAsync(new LaneBatch { LaneId = LaneId, Sequence = ++_sequence, Frames = [frame] });

    /// <summary>The channel is active elsewhere: no lane, no presence, and another numbering if its rule keeps nothing.</summary>
    public void Move(string? epoch = null)
    {
        lock (_gate)
        {
            _lane = null;
            _sequence = 0;
            LaneId = Guid.NewGuid();
            IsPresenceKnown = false;
            if (epoch is null)
                return;
            Epoch = epoch;
            _publications.Clear();
            _sent = 0;
        }
    }

    /// <summary>What its history is.</summary>
    public Func<HistoryRequest, CancellationToken, Task<HistoryPage>> History { get; set; } = static (_, _) => throw new NotSupportedException();

    public Task<HistoryPage> ReadHistoryAsync(HistoryRequest request, CancellationToken cancellationToken = default) => History(request, cancellationToken);

    public async Task<Recovery> RecoverAsync(RecoverRequest request, CancellationToken cancellationToken = default)
    {
        Recovery recovery;
        lock (_gate)
        {
            Recoveries++;
            if (Failure is { } failure)
            {
                Failure = null;
                throw failure;
            }

            recovery = Read(request);
            ForgottenUpTo += ForgetsPerReading;
        }

        await RecoveryHold;
        return recovery;
    }

    public Task AttachLaneAsync(LaneAttachment attachment)
    {
        lock (_gate)
            _lane = attachment.Receiver;
        return AttachHold;
    }

    public Task DetachLaneAsync(Guid gatewayId)
    {
        lock (_gate)
            _lane = null;
        return DetachHold;
    }

    public async Task<GatewayLeaseAnswer> RenewAsync(GatewayLease lease)
    {
        lock (_gate)
        {
            Renewals++;
            Lease = lease;
        }

        await RenewHold;
        lock (_gate)
            return new GatewayLeaseAnswer { LaneKnown = HasLane, PresenceKnown = IsPresenceKnown, Head = new(Epoch, _sent) };
    }

    public Task<Answer<PresenceView>> EnterAsync(PresenceEntry entry)
    {
        lock (_gate)
            Entered.Add(entry);
        return Task.FromResult<Answer<PresenceView>>(View());
    }

    /// <summary>What gateways said of their sessions.</summary>
    public List<GatewaySubscribers> Reports { get; } = [];

    /// <summary>What a report waits for.</summary>
    public Task ReportHold { get; set; } = Task.CompletedTask;

    public Task ReportSubscribersAsync(GatewaySubscribers report)
    {
        lock (_gate)
            Reports.Add(report);
        return ReportHold;
    }

    public Task<Occupancy> ReadOccupancyAsync()
    {
        lock (_gate)
            return Task.FromResult(new Occupancy { Connections = 0, Users = 0, Subscribers = Reports.Count == 0 ? 0 : Reports[^1].Count });
    }

    public Task<PresenceRollAnswer> ReconcileAsync(PresenceRoll roll)
    {
        lock (_gate)
            Rolls.Add(roll);
        return Task.FromResult(new PresenceRollAnswer { Refused = Refused });
    }

    public async Task<PresenceDeparture> DepartAsync(PresenceExit exit)
    {
        await LeaveAsync(exit);
        return new() { HasLeft = true, Version = 0 };
    }

    public Task LeaveAsync(PresenceExit exit)
    {
        lock (_gate)
            Exits.Add(exit);
        return LeaveHold;
    }

    public Task<Answer<Published>> PublishAsync(PublishRequest request)
    {
        lock (_gate)
            Requests.Add(request);
        if (Refuses(request) is { } refusal)
            return Task.FromResult<Answer<Published>>(refusal);
        AddAndSend(1);
        return Task.FromResult<Answer<Published>>(new Published { Position = Head, TimeMs = 1 });
    }

    public Task<PresenceView> ReadPresenceAsync() => Task.FromResult(View());

    public Task<Answer<Done>> CatchUpAsync() => throw new NotSupportedException();

    public Task<PresenceView> ReadConnectionsAsync(string? after) => Task.FromResult(View());

    public Task<PresenceRoster> WatchPresenceAsync(IPresenceWatcher watcher, long knownVersion) => throw new NotSupportedException();

    public Task SetHostsAsync(ImmutableArray<string> userIds) => throw new NotSupportedException();

    public Task TouchAsync(ImmutableArray<string> userIds) => throw new NotSupportedException();

    private PresenceView View() =>
        new() { Total = 0, Members = [], IsComplete = true, ActiveLastMinute = 0, Position = Head, Version = 1 };

    private Recovery Read(RecoverRequest request)
    {
        if (request.Since is not { } since)
            return Answer(Verdict.Live, []);
        if (since.Epoch != Epoch || since.Offset > Head.Offset)
            return Answer(Verdict.Lost, []);
        if (since.Offset < ForgottenUpTo)
            return Answer(Verdict.Lost, []) with { LostFrom = since.Offset + 1, LostTo = ForgottenUpTo };
        return Answer(Verdict.Recovered, [.. _publications.Skip((int)since.Offset)]);
    }

    private Recovery Answer(Verdict verdict, ImmutableArray<Publication> publications) =>
        new() { Position = Head, Verdict = verdict, Publications = publications };
}
