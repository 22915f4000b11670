namespace WhatsSound.Client;

/// <summary>How long to wait between two attempts to connect: with full jitter, without end, so that a crowd comes back spread out.</summary>
internal static class Backoff
{
    private const double FirstMs = 500;
    private const double MostMs = 10_000;
    private const int FailuresMax = 5;

    /// <summary>Anywhere up to 0.5 s, doubling to 10 s. Counted from the start of the last attempt: one that hung for as long has waited already.</summary>
    /// <param name="failures">How many attempts failed before, as <see cref="FailuresAfter"/> counts them.</param>
    /// <param name="spent">How long the last attempt took.</param>
    /// <param name="random">In [0, 1).</param>
    public static TimeSpan Of(double failures, TimeSpan spent, double random)
    {
        var intervalMs = random * Math.Min(MostMs, FirstMs * Math.Pow(2, failures));
        return TimeSpan.FromMilliseconds(Math.Max(intervalMs - spent.TotalMilliseconds, random * FirstMs));
    }

    /// <summary>
    /// How many failures still count after a connection: each second for which it was live forgets one. So a network that comes and goes every few seconds keeps nobody away for
    /// long, and a server that ends each connection as soon as it is made is left alone more and more.
    /// </summary>
    public static double FailuresAfter(double failures, TimeSpan live) => Math.Max(0, Math.Min(failures, FailuresMax) - live.TotalSeconds);

    /// <summary>Half to one and a half times what the server asked for, so that those whom it told the same do not come at once.</summary>
    public static TimeSpan Spread(double askedMs, double random) => TimeSpan.FromMilliseconds(askedMs * (0.5 + random));
}
