using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Grains.Storage;
using WhatsSound.Presence;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Hooks;

/// <summary>
/// What one channel tells outside. A publication is in the outbox before it is acknowledged; who came and went as soon as the outbox takes it. While it does not, events wait here, in order, and nothing more is published. Bounded by
/// <see cref="WaitingMax"/>: beyond, the oldest go, and are counted.
/// </summary>
internal sealed class ChannelHooks(string channel, ImmutableArray<HookTarget> targets, long leaseMs, bool isLogged, HookFeed feed)
{
    /// <summary>All members of the largest channel that leave at once, for one receiver.</summary>
    public const int WaitingMax = 16_384;

    /// <summary>How many go in one transaction.</summary>
    private const int GroupMax = 1_024;

    private const long RetryMs = 1_000;

    private readonly List<OutboxItem> _waiting = [];
    private readonly bool _hasPublications = Wants(targets, HookKind.Published);
    private readonly bool _hasMembers = Wants(targets, HookKind.Joined) || Wants(targets, HookKind.Left);
    private readonly bool _hasOccupancy = Wants(targets, HookKind.Occupied) || Wants(targets, HookKind.Vacated);
    private OutboxMark? _mark;
    private bool _isOccupied;
    private bool _isMarkDue;
    private bool _isVacancyDue;
    private long _vacantFromMs = long.MinValue;
    private long _retryMs = long.MinValue;

    /// <summary>Whether something was not told yet that has happened.</summary>
    public bool IsBehind => _waiting.Count > 0 || _isMarkDue;

    /// <summary>When to look again; null while nothing is pending.</summary>
    public long? DueMs => IsBehind ? _retryMs : _isVacancyDue ? _vacantFromMs : null;

    /// <summary>Reads up to where the channel was told last, on this silo or another one. Throws <see cref="StorageUnavailableException"/>.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken)
    {
        _mark = await feed.FindMarkAsync(channel, cancellationToken);
        _isOccupied = _mark is { IsOccupied: true };
    }

    /// <summary>What was published since, and is not in the outbox, is told first. Where the numbering is another, it was lost with what was numbered: nothing of that was acknowledged and not told.</summary>
    /// <param name="recoverAsync">Reads what the channel has.</param>
    /// <param name="nowMs">Now, room time.</param>
    /// <param name="cancellationToken">Whoever waits for the channel has gone.</param>
    public async Task GoOnAsync(Func<RecoverRequest, CancellationToken, Task<Recovery>> recoverAsync, long nowMs, CancellationToken cancellationToken)
    {
        // Who is still there says so again within the lease.
        if (_isOccupied)
            _vacantFromMs = nowMs + leaseMs;
        if (_mark is not { } mark || !_hasPublications)
            return;
        var missed = await recoverAsync(new RecoverRequest { Since = new(mark.Epoch, mark.HeadOffset) }, cancellationToken);
        if (!string.Equals(missed.Position.Epoch, mark.Epoch, StringComparison.Ordinal))
            return;
        if (isLogged && missed.Verdict == Verdict.Lost)
            feed.LoseGap(channel);
        foreach (var publication in missed.Publications)
            Note(missed.Position.Epoch, publication);
    }

    /// <summary>Whether a publication may be numbered: what was published before it is told.</summary>
    public async Task<bool> TryCatchUpAsync(Position head, long nowMs) => !_hasPublications || !IsBehind || await TryTellAsync(head, nowMs);

    /// <summary>Tells of a publication. False: the outbox has it not, or nobody knows: it must not be acknowledged.</summary>
    public async Task<bool> TryPublishAsync(Publication publication, Position head, long nowMs)
    {
        Note(head.Epoch, publication);
        return !_hasPublications || await TryTellAsync(head, nowMs);
    }

    /// <summary>Notes a publication that the channel has.</summary>
    public void Note(string epoch, Publication publication)
    {
        // What is for one user alone is nobody else's, and presence is told by other events.
        if (_hasPublications && publication.OnlyFor is null && publication is not { Publisher: null, Event: PresenceChanged.EventName })
            Note(HookEvent.Published(channel, epoch, publication), publication.TimeMs);
    }

    /// <summary>Notes who came and went.</summary>
    public void Note(PresenceDelta delta, long nowMs)
    {
        foreach (var userId in delta.Joined)
            Note(HookEvent.Joined(channel, delta.Version, userId, nowMs), nowMs);
        foreach (var userId in delta.Left)
            Note(HookEvent.Left(channel, delta.Version, userId, nowMs), nowMs);
    }

    /// <summary>Notes whether anybody is there, and tells what is to be told, if it is time.</summary>
    public async Task TellAsync(Occupancy now, Position head, long nowMs)
    {
        NoteOccupancy(now.Subscribers + now.Connections > 0, nowMs);
        if (IsBehind && _retryMs <= nowMs)
            await TryTellAsync(head, nowMs);
    }

    private void NoteOccupancy(bool isAnybodyThere, long nowMs)
    {
        if (!_hasOccupancy && !_hasMembers)
            return;
        _isVacancyDue = _isOccupied && !isAnybodyThere && nowMs < _vacantFromMs;
        if (isAnybodyThere == _isOccupied || _isVacancyDue)
            return;
        (_isOccupied, _isMarkDue) = (isAnybodyThere, true);
        Note(isAnybodyThere ? HookEvent.Occupied(channel, nowMs) : HookEvent.Vacated(channel, nowMs), nowMs);
    }

    private void Note(HookEvent happened, long atMs)
    {
        foreach (var target in targets.Where(target => target.Kinds.Contains(happened.Kind)))
            _waiting.Add(new(target.Lane, happened.Id, atMs, happened.Content));
        if (_waiting.Count <= WaitingMax)
            return;
        feed.Lose(channel, _waiting.Count - WaitingMax);
        _waiting.RemoveRange(0, _waiting.Count - WaitingMax);
    }

    private async Task<bool> TryTellAsync(Position head, long nowMs)
    {
        do
        {
            var group = _waiting.Take(GroupMax).ToImmutableArray();
            var isLast = group.Length == _waiting.Count;
            if (!await feed.TryAppendAsync(new(group, isLast ? new(channel, head.Epoch, head.Offset, _isOccupied, nowMs) : null)))
            {
                _retryMs = nowMs + RetryMs;
                return false;
            }

            _waiting.RemoveRange(0, group.Length);
            _isMarkDue &= !isLast;
        }
        while (_waiting.Count > 0);
        return true;
    }

    private static bool Wants(ImmutableArray<HookTarget> targets, HookKind kind) => targets.Any(target => target.Kinds.Contains(kind));
}
