namespace WhatsSound.Grains.Streams;

/// <summary>
/// A gateway's renewal in a channel, which counts again each time its lane is renewed, until the channel or the gateway has something new to say. Safe from any
/// thread.
/// </summary>
internal sealed class StandingRenewal(StandingRenewals all, long number, long heardAtMs)
{
    public long Number => number;

    /// <summary>When it counted last; under the lock of those that stand with it.</summary>
    public long HeardAtMsWithin { get; set; } = heardAtMs;

    /// <summary>When the gateway was last heard of, as far as the channel is concerned.</summary>
    public long HeardAtMs => all.HeardAtMs(this);

    /// <summary>The channel has something new to say. Doing it again does nothing.</summary>
    public void End() => all.End(this);

    /// <summary>The gateway has renewed by itself, so it knows that this one stands no more.</summary>
    public void Replace() => all.Forget(this);
}
