using WhatsSound.Grains.Streams;

namespace WhatsSound.Grains.Channels;

/// <summary>One gateway's lease in a channel: it ends some time after the gateway was last heard of, by the channel itself or by what stands at its lane. Written by the channel; read from any thread.</summary>
/// <param name="leaseMs">How long it lasts.</param>
/// <param name="wake">Has the channel come to see that it is over; any thread calls it.</param>
internal sealed class HeldLease(long leaseMs, Action wake)
{
    private volatile StandingRenewal? _standing;
    private volatile bool _isOver;
    private volatile bool _isWatched;
    private long _endMs;
    private long _leaseMs = leaseMs;

    /// <summary>When it ends, unless the gateway is heard of until then.</summary>
    public long EndMs => _standing is { } standing ? Math.Max(Volatile.Read(ref _endMs), standing.HeardAtMs + Volatile.Read(ref _leaseMs)) : Volatile.Read(ref _endMs);

    public StandingRenewal? Standing
    {
        get => _standing;
        set
        {
            // What has stood has counted, though it stands no more.
            Volatile.Write(ref _endMs, EndMs);
            _standing = value;
        }
    }

    /// <summary>Whether nobody asks for it any more.</summary>
    public bool IsOver => _isOver;

    /// <summary>Whether <see cref="LeaseWatch"/> has it; written under its lock.</summary>
    public bool IsWatched
    {
        get => _isWatched;
        set => _isWatched = value;
    }

    public void Renew(long nowMs) => Volatile.Write(ref _endMs, nowMs + Volatile.Read(ref _leaseMs));

    /// <summary>It lasts so long whenever the gateway is heard of from now on.</summary>
    public void Follow(long leaseMs) => Volatile.Write(ref _leaseMs, leaseMs);

    public void Over() => _isOver = true;

    public void Wake() => wake();
}
