using Microsoft.Extensions.Logging;
using Orleans.Storage;
using WhatsSound.Grains.Presence;

namespace WhatsSound.Grains.Channels;

/// <summary>
/// Keeps a channel's members in the database, a moment after they changed. One write at a time, beside the channel's turns: presence never waits for it, and a
/// write that fails is made good by the next. Where another activation keeps them, this one stops.
/// </summary>
internal sealed partial class MembersKeeper(IGrainStorage storage, GrainId grainId, TimeProvider time, ILogger logger)
{
    /// <summary>Part of the key in the database.</summary>
    public const string StateName = "channel-members";

    /// <summary>How long changes are collected: who came in this time before a crash is told as joined after it.</summary>
    public const long IntervalMs = 2_000;

    /// <summary>How often members are written who do not change, so that it shows that they are not of long ago.</summary>
    public const long RefreshMs = 10 * 60_000;

    /// <summary>Members that were written before this are not begun with: whoever comes back does not remember them.</summary>
    public const long AgeMaxMs = 30 * 60_000;

    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private GrainState<KeptMembers> _row = new() { State = new() };
    private Task<bool> _writing = Task.FromResult(true);
    private bool _mustRead = true;
    private bool _isOvertaken;
    private long _keptRevision;
    private long _keptMs;
    private long? _dueMs;

    /// <summary>When the members are to be written; null: they are as they were written.</summary>
    public long? DueMs => _isOvertaken ? null : _dueMs;

    /// <summary>The members to begin with; null: none are known. Throws where nobody knows.</summary>
    public async Task<MembershipMemory?> LoadAsync(long nowMs)
    {
        await ReadAsync();
        _keptMs = nowMs;
        var kept = Kept.Upgrade();
        return kept.SavedAtMs > nowMs - AgeMaxMs ? kept.Membership : null;
    }

    /// <summary>Writes the members if they have changed for long enough, or not for too long.</summary>
    public void KeepIfDue(Membership members, long nowMs)
    {
        var hasChanged = members.Revision != _keptRevision || HasRow != members.Total > 0;
        if (hasChanged)
            _dueMs ??= nowMs + IntervalMs;
        else
            _dueMs = members.Total > 0 ? _keptMs + RefreshMs : null;
        if (DueMs > nowMs || DueMs is null)
            return;
        if (_writing.IsCompleted)
            _writing = WriteAsync(members, nowMs);
        _dueMs = nowMs + IntervalMs;
    }

    /// <summary>Writes the members as they are; whether that is what is kept now.</summary>
    public async Task<bool> TryKeepLastAsync(Membership members, long nowMs)
    {
        await _writing;
        return (members.Total == 0 && !HasRow && !_mustRead) || await WriteAsync(members, nowMs);
    }

    private KeptMembers Kept => _row.State ?? new();

    private bool HasRow => Kept.Membership is not null;

    private async Task<bool> WriteAsync(Membership members, long nowMs)
    {
        var (revision, memory) = (members.Revision, members.Total > 0 ? KeptMembership.Of(members.ToMemory()) : null);
        try
        {
            if (_mustRead && !await TryReadAsOursAsync(members))
                return false;
            _mustRead = true;
            var row = new GrainState<KeptMembers> { State = new() { SavedAtMs = nowMs, Membership = memory }, ETag = _row.ETag, RecordExists = _row.RecordExists };
            await storage.WriteStateAsync(StateName, grainId, row).WaitAsync(Timeout, time);
            (_row, _mustRead) = (row, false);
            (_keptRevision, _keptMs) = (revision, nowMs);
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
        await ReadAsync();
        _isOvertaken = Kept.Membership?.FirstVersion > members.FirstVersion;
        return !_isOvertaken;
    }

    private async Task ReadAsync()
    {
        var row = new GrainState<KeptMembers> { State = new() };
        await storage.ReadStateAsync(StateName, grainId, row).WaitAsync(Timeout, time);
        (_row, _mustRead) = (row, false);
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The members of {Channel} could not be written; after a crash those of before are begun with.")]
    private partial void LogNotKept(Exception exception, GrainId channel);
}
