using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Grains.Presence;
using WhatsSound.Grains.Storage;
using WhatsSound.Presence;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Hooks;

/// <summary>
/// What one channel tells outside. A publication is in the outbox before it is acknowledged; who came and went goes there beside the channel's turns. While the outbox does not take it, events wait here, in order, and nothing more is
/// published. One append at a time. Bounded: beyond all members for each receiver the oldest go, and are counted.
/// </summary>
internal sealed class ChannelHooks
{
    /// <summary>How many go in one transaction.</summary>
    private const int GroupMax = 1_024;

    /// <summary>How many bytes of events move to another silo with the channel, beside its history.</summary>
    private const int MovedBytesMax = 2 * 1024 * 1024;

    private const long RetryMs = 1_000;

    /// <summary>A mark is written anew long before it is forgotten.</summary>
    private const long MarkRenewMs = 24 * 60 * 60 * 1_000;

    private readonly string _channel;
    private readonly ImmutableArray<HookTarget> _targets;
    private readonly ChannelRule _rule;
    private readonly Func<RecoverRequest, CancellationToken, Task<Recovery>> _recoverAsync;
    private readonly Action _wake;
    private readonly HookFeed _feed;
    private readonly List<OutboxItem> _waiting;
    private readonly bool _hasPublications;
    private readonly bool _hasPresence;
    private ImmutableArray<OutboxItem> _underWay = [];
    private Task<bool> _telling = Task.FromResult(true);
    private Task _append = Task.CompletedTask;
    private OutboxMark? _mark;

    /// <summary>Everything up to here is noted, or was told.</summary>
    private Position? _head;
    private bool _isKnown;
    private bool _isOccupied;
    private bool _isMarkDue;
    private bool _isVacancyDue;
    private bool _isEnding;
    private long _vacantFromMs = long.MinValue;
    private long _retryMs;

    /// <param name="channel">Its name.</param>
    /// <param name="targets">Whom it tells.</param>
    /// <param name="rule">The channel's.</param>
    /// <param name="recoverAsync">Reads what the channel has; interleaves.</param>
    /// <param name="wake">Has what is due looked at.</param>
    /// <param name="moved">What the channel had on the silo that it left; null: it was on none, or told nothing there.</param>
    /// <param name="feed">The way to the outbox.</param>
    public ChannelHooks(
        string channel, ImmutableArray<HookTarget> targets, ChannelRule rule, Func<RecoverRequest, CancellationToken, Task<Recovery>> recoverAsync, Action wake, HooksMemory? moved, HookFeed feed)
    {
        (_channel, _targets, _rule, _recoverAsync, _wake, _feed) = (channel, targets, rule, recoverAsync, wake, feed);
        _hasPublications = Wants(HookKind.Published);
        _hasPresence = Wants(HookKind.Joined) || Wants(HookKind.Left) || Wants(HookKind.Occupied) || Wants(HookKind.Vacated);
        _waiting = [.. moved?.Untold ?? []];
        if (moved is not { IsKnown: true })
            return;
        (_isKnown, _mark, _isMarkDue) = (true, moved.Mark, moved.IsOccupied != (moved.Mark?.IsOccupied ?? false));
        BeginAs(moved.IsOccupied);
    }

    /// <summary>Whether something was not told yet that has happened, or may have.</summary>
    public bool IsBehind => !_isKnown || _waiting.Count > 0 || _underWay.Length > 0 || _isMarkDue;

    /// <summary>When to look again; null while nothing is pending, or what is pending wakes the channel when it is done.</summary>
    public long? DueMs => !_telling.IsCompleted ? null : IsBehind ? _retryMs : _isVacancyDue ? _vacantFromMs : null;

    /// <summary>
    /// Whether a publication may be numbered: what was published before it is told, and the outbox has a mark of this numbering, so that whatever is numbered from now on is told by whoever goes on with the channel. Answers at once
    /// while the outbox is waited for.
    /// </summary>
    public async Task<bool> TryCatchUpAsync(Position head)
    {
        if (!_hasPublications)
            return true;
        _head = head;
        _isMarkDue |= _isKnown && !HasMarkOf(head.Epoch);
        return !IsBehind || await TryTellAsync();
    }

    /// <summary>Tells of a publication. False: the outbox has it not, or nobody knows: it must not be acknowledged.</summary>
    public async Task<bool> TryPublishAsync(Publication publication, Position head)
    {
        Note(head.Epoch, publication);
        _head = head;
        return !_hasPublications || await TryTellAsync();
    }

    /// <summary>Notes a publication that the channel has.</summary>
    public void Note(string epoch, Publication publication)
    {
        if (IsTold(publication))
            Note(HookEvent.Published(_channel, epoch, publication), publication.TimeMs);
    }

    /// <summary>Notes who came and went.</summary>
    public void Note(PresenceDelta delta, long nowMs)
    {
        foreach (var userId in delta.Joined)
            Note(HookEvent.Joined(_channel, delta.Version, userId, nowMs), nowMs);
        foreach (var userId in delta.Left)
            Note(HookEvent.Left(_channel, delta.Version, userId, nowMs), nowMs);
    }

    /// <summary>Notes whether anybody is there, and has what is to be told told beside the turn, if it is time.</summary>
    public void Tell(Occupancy now, Position head, long nowMs)
    {
        _head = head;
        NoteOccupancy(now.Subscribers + now.Connections > 0, nowMs);
        if (IsBehind && _telling.IsCompleted && _retryMs <= _feed.NowMs)
            _telling = TellAndWakeAsync();
    }

    /// <summary>The channel goes: tells what is to be told, whenever it failed last. What then waits still goes along where it moves, so that a failing outbox is not waited for there.</summary>
    public async Task TellLastAsync(Occupancy now, Position head, long nowMs, bool isMoving)
    {
        _isEnding = true;
        await _telling;
        _head = head;
        NoteOccupancy(now.Subscribers + now.Connections > 0, nowMs);
        if (IsBehind && !(isMoving && _feed.NowMs < _retryMs))
            await TellAllAsync();
    }

    /// <summary>All of it, for another silo. What is too large to move is counted as lost; publications among it are told there if the channel still has them, from the mark on.</summary>
    public HooksMemory ToMemory()
    {
        var bytes = 0L;
        ImmutableArray<OutboxItem> untold = [.. _waiting.TakeWhile(item => (bytes += item.Content.Length + item.Source.Length) <= MovedBytesMax)];
        var isAll = untold.Length == _waiting.Count;
        if (!isAll)
            _feed.Lose(_channel, _waiting.Count - untold.Length);
        return new() { Mark = _mark, IsKnown = _isKnown && isAll, IsOccupied = _isOccupied, Untold = untold };
    }

    private bool HasMarkOf(string epoch) => _mark is { } mark && string.Equals(mark.Epoch, epoch, StringComparison.Ordinal) && mark.AtMs > _feed.NowMs - MarkRenewMs;

    // What is for one user alone is nobody else's, and presence is told by other events.
    private bool IsTold(Publication publication) =>
        _hasPublications && publication.OnlyFor is null && publication is not { Publisher: null, Event: PresenceChanged.EventName };

    private void NoteOccupancy(bool isAnybodyThere, long nowMs)
    {
        if (!_isKnown)
            return;
        if (!_hasPresence)
        {
            // Told once, to a receiver that wants it no more: nobody need ask for the channel.
            (_isMarkDue, _isOccupied) = (_isMarkDue || _isOccupied, false);
            return;
        }

        _isVacancyDue = _isOccupied && !isAnybodyThere && nowMs < _vacantFromMs;
        if (isAnybodyThere == _isOccupied || _isVacancyDue)
            return;
        (_isOccupied, _isMarkDue) = (isAnybodyThere, true);
        Note(isAnybodyThere ? HookEvent.Occupied(_channel, nowMs) : HookEvent.Vacated(_channel, nowMs), nowMs);
    }

    private void Note(HookEvent happened, long atMs)
    {
        _waiting.AddRange(ItemsOf(happened, atMs));
        Bound();
    }

    private IEnumerable<OutboxItem> ItemsOf(HookEvent happened, long atMs) =>
        _targets.Where(target => target.Kinds.Contains(happened.Kind)).Select(target => new OutboxItem(target.Lane, happened.Id, atMs, happened.Content));

    /// <summary>All members of the largest channel may leave at once.</summary>
    private void Bound()
    {
        var waitingMax = PresenceRules.MembersMax * _targets.Length;
        if (_waiting.Count <= waitingMax)
            return;
        _feed.Lose(_channel, _waiting.Count - waitingMax);
        _waiting.RemoveRange(0, _waiting.Count - waitingMax);
    }

    private async Task<bool> TellAndWakeAsync()
    {
        var isTold = await TellAllAsync();
        if (!_isEnding)
            _wake();
        return isTold;
    }

    private async Task<bool> TryTellAsync()
    {
        await _telling;
        if (IsBehind && _retryMs <= _feed.NowMs)
            await (_telling = TellAllAsync());
        return !IsBehind;
    }

    /// <summary>Does not throw.</summary>
    private async Task<bool> TellAllAsync()
    {
        var isTold = await TryGoOnAsync();
        while (isTold && IsBehind)
            isTold = await TryTellGroupAsync();
        if (!isTold)
            _retryMs = _feed.NowMs + RetryMs;
        return isTold;
    }

    private async Task<bool> TryTellGroupAsync()
    {
        _underWay = [.. _waiting.Take(GroupMax)];
        _waiting.RemoveRange(0, _underWay.Length);
        var mark = _waiting.Count == 0 ? MarkAt(_head!.Value) : null;
        _isMarkDue &= mark is null;
        var isTold = await TryAppendAsync(new(_underWay, mark));
        if (isTold)
            _mark = mark ?? _mark;
        else
            _waiting.InsertRange(0, _underWay);
        _isMarkDue |= !isTold && mark is not null;
        _underWay = [];
        return isTold;
    }

    // A clock that is behind another silo's must not keep the mark where it was.
    private OutboxMark MarkAt(Position head) => new(_channel, head.Epoch, head.Offset, _isOccupied, Math.Max(_feed.NowMs, _mark?.AtMs ?? 0));

    private async Task<bool> TryAppendAsync(OutboxAppend append)
    {
        // One that was given up may be under way still: a database that is slow is not given more to do.
        if (!_append.IsCompleted)
            return false;
        _append = _feed.AppendAsync(append);
        return await _feed.TryEndAsync(_append, _channel, append);
    }

    /// <summary>
    /// Finds up to where the channel was told last, on this silo or another one. What was published since is told first. Where the numbering is another, nothing of it was given while the outbox had no mark of it, and what was lost with
    /// the other was not acknowledged.
    /// </summary>
    private async Task<bool> TryGoOnAsync()
    {
        if (_isKnown)
            return true;
        try
        {
            await GoOnAsync();
            return _isKnown = true;
        }
        catch (Exception exception)
        {
            // Whatever keeps the database from it, it is asked again, and meanwhile nothing is numbered.
            _feed.Fail(exception, _channel);
            return false;
        }
    }

    private async Task GoOnAsync()
    {
        var mark = await _feed.FindMarkAsync(_channel);
        if (mark is not null && _hasPublications)
            await NoteMissedAsync(mark);
        _isMarkDue |= _hasPublications && mark?.Epoch != _head!.Value.Epoch;
        _mark = mark;
        BeginAs(mark is { IsOccupied: true });
    }

    private void BeginAs(bool isOccupied)
    {
        // Who is still there says so again within the lease.
        _isOccupied = isOccupied;
        if (isOccupied)
            _vacantFromMs = _feed.NowMs + (long)_rule.PresenceLease.TotalMilliseconds;
    }

    private async Task NoteMissedAsync(OutboxMark mark)
    {
        var missed = await _recoverAsync(new RecoverRequest { Since = new(mark.Epoch, mark.HeadOffset) }, CancellationToken.None);
        if (!string.Equals(missed.Position.Epoch, mark.Epoch, StringComparison.Ordinal))
            return;
        if (_rule.PersistAll is not null && missed.Verdict == Verdict.Lost)
            _feed.LoseGap(_channel);
        var known = _waiting.Select(static item => item.Source).ToHashSet(StringComparer.Ordinal);
        _waiting.InsertRange(0, missed.Publications.Where(IsTold)
            .Select(publication => (Event: HookEvent.Published(_channel, mark.Epoch, publication), publication.TimeMs))
            .Where(one => !known.Contains(one.Event.Id)).SelectMany(one => ItemsOf(one.Event, one.TimeMs)));
    }

    private bool Wants(HookKind kind) => _targets.Any(target => target.Kinds.Contains(kind));
}
