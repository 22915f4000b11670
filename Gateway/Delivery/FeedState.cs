using WhatsSound.Publications;

namespace WhatsSound.Gateway.Delivery;

/// <summary>
/// How far a feed has come, who listens, and the frames that are held back while it reads a gap. Everything is under <see cref="Gate"/>; delivering under it only
/// enqueues.
/// </summary>
internal sealed class FeedState
{
    private readonly FeedServices _services;
    private readonly List<ChannelFrame> _heldBack = [];

    /// <summary>What came first was dropped, because too much was held back.</summary>
    private bool _isCut;

    public FeedState(FeedServices services)
    {
        _services = services;
        Sessions = new FeedSessions(Gate, services.Logger);
        Window = new FeedWindow(services.Options.WindowPublicationsMax, services.Options.WindowBytesMax);
    }

    public Lock Gate { get; } = new();

    public FeedPhase Phase { get; private set; } = FeedPhase.Opening;

    public FeedWindow Window { get; }

    public FeedSessions Sessions { get; }

    public bool IsClosed => Phase == FeedPhase.Closed;

    /// <summary>Delivers a frame that continues, and holds it back where a gap is before it. True: the gap has been found by it, and is to be read.</summary>
    public bool Accept(ChannelFrame frame)
    {
        if (Phase == FeedPhase.Live && Window.Fit(frame) is var fit && fit != FrameFit.Gap)
        {
            if (fit == FrameFit.Continues)
                Deliver(frame);
            return false;
        }

        if (!IsClosed)
            HoldBack(frame);
        return TryBeginRepair();
    }

    public void Deliver(ChannelFrame frame)
    {
        _services.Dismissals.See(frame.Channel, frame.Publications);
        Sessions.Deliver(Window.Take(frame));
        ChatChanges.Apply(frame, Window);
        _services.Meters.Delivered(Sessions.Count);
    }

    /// <summary>From here on frames are held back. False: they are already, or the feed is closed.</summary>
    public bool TryBeginRepair()
    {
        if (Phase != FeedPhase.Live)
            return false;
        Phase = FeedPhase.Repairing;
        return true;
    }

    /// <summary>Where to read from, and how many frames are held back already. Null: there is nothing to repair any more.</summary>
    public (Position Head, int HeldBackCount)? BeginReading()
    {
        if (Phase != FeedPhase.Repairing)
            return null;
        _isCut = false;
        return (Window.Head, _heldBack.Count);
    }

    /// <summary>
    /// Delivers what was held back, and goes on. Of the frames that came before the channel was read, one that does not continue is of an older numbering, since the
    /// channel's answer covers them all; a later one means a further gap. False: the gap must be read (again, where it was being read).
    /// </summary>
    /// <param name="heldBackBefore">How many came before the channel was read.</param>
    public bool Resume(int heldBackBefore)
    {
        if (_isCut)
            heldBackBefore = 0;
        var isWhole = !_isCut;
        for (var i = 0; i < _heldBack.Count && isWhole; i++)
        {
            var fit = Window.Fit(_heldBack[i]);
            if (fit == FrameFit.Continues)
                Deliver(_heldBack[i]);
            isWhole = fit != FrameFit.Gap || i < heldBackBefore;
        }

        if (!isWhole && Phase == FeedPhase.Repairing)
            return false;
        _heldBack.Clear();
        _heldBack.TrimExcess();
        Phase = FeedPhase.Live;
        return isWhole;
    }

    public void Close() => Phase = FeedPhase.Closed;

    private void HoldBack(ChannelFrame frame)
    {
        if (_heldBack.Count == _services.Options.PendingFramesMax)
        {
            _heldBack.Clear();
            _isCut = true;
        }

        _heldBack.Add(frame);
    }
}
