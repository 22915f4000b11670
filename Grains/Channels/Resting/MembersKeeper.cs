using Microsoft.Extensions.Logging;
using Orleans.Storage;
using WhatsSound.Grains.Presence;
using WhatsSound.Streams;

namespace WhatsSound.Grains.Channels;

/// <summary>
/// Keeps a channel's members in the database, a moment after they changed. One write at a time, beside the channel's turns: presence never waits for it, and a
/// write that fails is made good by the next. Where another activation keeps them, this one stops.
/// </summary>
internal sealed partial class MembersKeeper(IGrainStorage storage, GrainId grainId, SoleGateway? sole, TimeProvider time, ILogger logger)
{
    /// <summary>Part of the key in the database.</summary>
    public const string StateName = "channel-members";

    /// <summary>How long changes are collected: who came in this time before a crash is told as joined after it.</summary>
    public const long IntervalMs = 2_000;

    private static readonly TimeSpan WriteTimeout = TimeSpan.FromSeconds(5);

    /// <summary>A process that stops has as many last writes as channels, one after another on SQLite; less than Orleans waits for a grain that goes.</summary>
    private static readonly TimeSpan LastWriteTimeout = TimeSpan.FromSeconds(20);

    private readonly Deadline _reading = new(Deadline.ActivationStep, time);
    private readonly KeepingTime _time = new(IntervalMs);
    private GrainState<KeptMembers> _row = new() { State = new() };
    private Task<bool> _writing = Task.FromResult(true);
    private Task _underWay = Task.CompletedTask;
    private bool _mustRead = true;
    private bool _isOvertaken;
    private long _keptRevision;

    /// <summary>When the members are to be written; null: they are as they were written.</summary>
    public long? DueMs => _isOvertaken ? null : _time.DueMs;

    /// <summary>What there is to begin with, however old: leases let go of whoever does not come back, and tell of it. Null: it cannot be understood. Throws where nobody knows.</summary>
    public async Task<KeptMembers?> LoadAsync(CancellationToken cancellationToken)
    {
        await ReadAsync(cancellationToken);
        return Kept.Upgrade()?.In(sole);
    }

    /// <summary>Writes the members if they have changed for long enough.</summary>
    public void KeepIfDue(Membership members, long nowMs)
    {
        var hasChanged = members.Revision != _keptRevision || HasRow != members.Total > 0;
        if (_time.TakeDue(hasChanged, nowMs) && _writing.IsCompleted)
            _writing = WriteAsync(members, nowMs, WriteTimeout);
    }

    /// <summary>Writes the members as they are; whether that is what is kept now.</summary>
    public async Task<bool> TryKeepLastAsync(Membership members, long nowMs)
    {
        await _writing;
        return (members.Total == 0 && !HasRow && !_mustRead) || await WriteAsync(members, nowMs, LastWriteTimeout);
    }

    private KeptMembers Kept => _row.State ?? new();

    private bool HasRow => Kept.Membership is not null;

    private async Task<bool> WriteAsync(Membership members, long nowMs, TimeSpan timeout)
    {
        if (_isOvertaken)
            return false;
        var (revision, memory) = (members.Revision, members.Total > 0 ? KeptMembership.Of(members.ToKept()) : null);
        try
        {
            // One that was given up may wait for its turn still: a database that is slow is not given more to do.
            if (!_underWay.IsCompleted)
                await _underWay.WaitAsync(timeout, time);
            if (_mustRead && !await TryReadAsOursAsync(members))
                return false;
            _mustRead = true;
            var kept = new KeptMembers { SavedAtMs = nowMs, FirstVersion = members.FirstVersion, Membership = memory, SoleGatewayId = sole?.Id };
            var row = new GrainState<KeptMembers> { State = kept, ETag = _row.ETag, RecordExists = _row.RecordExists };
            _underWay = storage.WriteStateAsync(StateName, grainId, row);
            await _underWay.WaitAsync(timeout, time);
            (_row, _mustRead, _keptRevision) = (row, false, revision);
            return true;
        }
        catch (Exception exception)
        {
            // It may have been done or not; the next write looks first.
            LogNotKept(exception, grainId);
            return false;
        }
    }

    /// <summary>False: an activation that began later has written.</summary>
    private async Task<bool> TryReadAsOursAsync(Membership members)
    {
        await ReadAsync(CancellationToken.None);
        _isOvertaken = Math.Max(Kept.FirstVersion, Kept.Membership?.FirstVersion ?? 0) > members.FirstVersion;
        return !_isOvertaken;
    }

    private async Task ReadAsync(CancellationToken cancellationToken)
    {
        var row = new GrainState<KeptMembers> { State = new() };
        await _reading.RunAsync(token => storage.ReadStateAsync(StateName, grainId, row).WaitAsync(token), cancellationToken);
        (_row, _mustRead) = (row, false);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The members of {Channel} could not be written; after a crash those of before are begun with.")]
    private partial void LogNotKept(Exception exception, GrainId channel);
}
