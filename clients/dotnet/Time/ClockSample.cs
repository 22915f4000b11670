namespace WhatsSound.Client;

/// <summary>What one probe says: when it was, how far the server's clock is ahead, and how long it was under way.</summary>
internal readonly record struct ClockSample(double At, double Offset, double Delay)
{
    public static ClockSample Of(Probe probe) => new(
        (probe.T1 + probe.T4) / 2,
        (probe.T2 - probe.T1 + (probe.T3 - probe.T4)) / 2,
        Math.Max(0, probe.T4 - probe.T1 - (probe.T3 - probe.T2)));
}
