namespace WhatsSound.Client;

/// <summary>
/// Follows the channels of one source together: hands out each later publication once and in order, and on a gap or a new connection recovers by position, or begins
/// anew when the server says that something is lost. While an answer is awaited, frames are held and applied after it. Used in turns only.
/// </summary>
internal sealed class Follower
{
    private const int HeldMax = 2_000;
    private const int GapsInRowMax = 3;

    private readonly IFollowing _following;
    private readonly bool _isFiltered;
    private readonly Dictionary<string, ChannelCursor> _cursors = new(StringComparer.Ordinal);
    /// <summary>Where losses lead that were told while an answer was awaited; the last of each channel.</summary>
    private readonly Dictionary<string, Position> _heldLosses = new(StringComparer.Ordinal);
    private List<FrameMessage>? _held;
    private int _syncs;
    private int _gapsInRow;

    /// <param name="following">What it follows.</param>
    /// <param name="channel">Of which channel there is a position.</param>
    /// <param name="position">Where to go on from; null: anew.</param>
    /// <param name="isFiltered">Whether the server leaves out what was not asked for.</param>
    public Follower(IFollowing following, string? channel = null, Position? position = null, bool isFiltered = false)
    {
        (_following, _isFiltered) = (following, isFiltered);
        if (channel is not null && position is not null)
            _cursors[channel] = new ChannelCursor(position, isFiltered);
    }

    /// <summary>Where it is in a channel; null if it does not follow it yet.</summary>
    public Position? PositionOf(string channel) => _cursors.GetValueOrDefault(channel)?.Position;

    /// <summary>Attaches, or on a new connection attaches again at the positions it has.</summary>
    public Task AttachAsync() => SyncAsync(() => _following.AttachAsync(_cursors.Count > 0 ? Positions() : null));

    public void OnFrame(FrameMessage frame)
    {
        if (_held is { } held)
        {
            // When full the newest is dropped: it shows as a gap after the answer, and is recovered.
            if (held.Count < HeldMax)
                held.Add(frame);
        }
        else if (_cursors.TryGetValue(frame.Channel, out var cursor))
        {
            Apply(frame.Channel, cursor.Take(frame));
        }
    }

    public void OnLost(LostMessage lost)
    {
        if (!_cursors.ContainsKey(lost.Channel))
            return;
        // The answer that is awaited mostly goes further, and has what this loss would skip.
        if (_held is not null)
            _heldLosses[lost.Channel] = lost.Position;
        else
            Restart(lost);
    }

    private Dictionary<string, Position> Positions() => _cursors.ToDictionary(cursor => cursor.Key, cursor => cursor.Value.Position, StringComparer.Ordinal);

    private void Reattach() => _ = OrStuckAsync(AttachAsync());

    private void Restart(LostMessage? lost) => _ = OrStuckAsync(SyncAsync(() => _following.RestartAsync(lost)));

    private async Task OrStuckAsync(Task syncing)
    {
        try
        {
            await syncing;
        }
        catch (LinkDownException)
        {
            // The next connection recovers.
        }
        catch (Exception)
        {
            // Whatever kept it from recovering, the next connection is another chance.
            _following.OnStuck();
        }
    }

    /// <summary>Holds frames back while asking; of several syncs at a time only the last one's answer counts.</summary>
    private async Task SyncAsync(Func<Task<Attached>> ask)
    {
        var sync = ++_syncs;
        _held = [];
        try
        {
            var attached = await ask();
            if (sync == _syncs)
                Take(attached);
        }
        finally
        {
            if (sync == _syncs)
                Release();
        }
    }

    private void Release()
    {
        // By offset: an attachment that the server moved back to a snapshot may have delivered something before.
        var frames = (_held ?? []).OrderBy(frame => frame.PreviousOffset).ToList();
        _held = null;
        var isBehind = _heldLosses.Any(lost => !_cursors.TryGetValue(lost.Key, out var cursor) || !cursor.Covers(lost.Value));
        _heldLosses.Clear();
        if (isBehind)
            Reattach();
        foreach (var frame in frames)
            OnFrame(frame);
    }

    private void Take(Attached attached)
    {
        if (attached.Verdict != Verdict.Recovered)
            Begin(attached);
        else if (!TryGoOn(attached))
            OnGap();
    }

    private void Begin(Attached attached)
    {
        foreach (var recovery in attached.Recoveries)
            _cursors[recovery.Channel] = new ChannelCursor(recovery.Position, _isFiltered);
        attached.Replace?.Invoke();
        _following.OnAttached(attached, attached.Recoveries.Sum(recovery => recovery.Publications.Count));
        foreach (var recovery in attached.Recoveries)
            Tell(recovery.Channel, recovery.Publications);
    }

    private bool TryGoOn(Attached attached)
    {
        var applied = 0;
        foreach (var recovery in attached.Recoveries)
        {
            if (!_cursors.TryGetValue(recovery.Channel, out var cursor))
                continue;
            if (cursor.Take(recovery) is not { } taken)
                return false;
            applied += taken.Count;
            Apply(recovery.Channel, taken);
        }

        _following.OnAttached(attached, applied);
        return true;
    }

    private void Apply(string channel, IReadOnlyList<Publication>? taken)
    {
        if (taken is null)
        {
            OnGap();
            return;
        }

        if (taken.Count > 0)
            _gapsInRow = 0;
        Tell(channel, taken);
    }

    private void Tell(string channel, IReadOnlyList<Publication> publications)
    {
        if (publications.Count > 0)
            _following.OnPublications(channel, publications);
    }

    private void OnGap()
    {
        // Recovery by position that leads to gaps again and again is given up for a new beginning, and that for a new connection, which waits longer each time.
        _gapsInRow++;
        if (_gapsInRow < GapsInRowMax)
            Reattach();
        else if (_gapsInRow == GapsInRowMax)
            Restart(null);
        else
            _following.OnStuck();
    }
}
