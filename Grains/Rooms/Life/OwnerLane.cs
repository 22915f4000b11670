namespace WhatsSound.Grains.Rooms;

/// <summary>
/// Tells the owner how the room is: once for each activation, and so also of rooms of versions that did not count; when it is called otherwise, or closed; and whoever it was given away by that it is no longer theirs. Beside the
/// room's turns, one time after another, each call with a limit. Who cannot be told is told again, later and later: neither the room nor whoever is in it waits for them. Bounded: of former owners the last few are told; the others
/// find out by asking.
/// </summary>
internal sealed class OwnerLane
{
    private const int FormerMax = 8;

    private static readonly TimeSpan RetryMin = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan RetryMax = TimeSpan.FromMinutes(5);

    private readonly OwnerPlace _place;
    private readonly Func<Room?> _room;
    private readonly RetryTimer _retry;

    /// <summary>Who is to be told that the room is not theirs, and the revision since when; the latest last.</summary>
    private readonly List<(string UserId, long Revision)> _former = [];
    private bool _isBusy;

    /// <summary>How often there was something to tell, and up to which of these times it was heard.</summary>
    private int _happened = 1;
    private int _told;

    public OwnerLane(IGrainBase grain, OwnerPlace place, Func<Room?> room)
    {
        (_place, _room) = (place, room);
        _retry = new RetryTimer(grain, RetryMin, RetryMax, Start);
    }

    /// <summary>Begins to tell what was not heard yet, unless it is to be told later; waits for nothing.</summary>
    public void Start()
    {
        if (_isBusy || _retry.IsSet || (_told == _happened && _former.Count == 0) || _room() is not { } room)
            return;
        _isBusy = true;
        _ = TellAsync(room);
    }

    /// <summary>After a decision has taken effect: whom it concerns is told at once, unless somebody is being told.</summary>
    public void Follow(RoomDecision decision)
    {
        foreach (var changed in decision.Events.OfType<OwnerChanged>())
            AddFormer(changed.By, decision.Room!.Revision);
        if (decision.Events.Any(static happened => happened is RoomClosed or SettingsChanged))
            _happened++;
        else if (!decision.Events.Any(static happened => happened is OwnerChanged))
            return;
        _retry.Clear();
        Start();
    }

    private void AddFormer(string userId, long revision)
    {
        _former.RemoveAll(former => former.UserId == userId);
        if (_former.Count >= FormerMax)
            _former.RemoveAt(0);
        _former.Add((userId, revision));
    }

    /// <summary>Throws nothing.</summary>
    private async Task TellAsync(Room room)
    {
        var happened = _happened;
        var (parting, telling) = (PartAsync(room.RoomId), _told == happened ? Task.FromResult(true) : _place.TellAsync(room));
        if (await telling)
            _told = happened;
        var isHeard = await parting && await telling;
        _isBusy = false;
        if (isHeard)
        {
            _retry.Reset();
            Start();
            return;
        }

        _retry.Later();
    }

    /// <summary>Whether all who had the room have heard that it is not theirs.</summary>
    private async Task<bool> PartAsync(string roomId)
    {
        var heard = await Task.WhenAll(_former.ToList().Select(async former => (Former: former, IsHeard: await _place.PartAsync(roomId, former.UserId, former.Revision))));
        foreach (var (former, isHeard) in heard)
        {
            if (isHeard)
                _former.Remove(former);
        }

        return Array.TrueForAll(heard, static one => one.IsHeard);
    }
}
