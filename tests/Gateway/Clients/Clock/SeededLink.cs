namespace WhatsSound.Tests.Gateway.Clients.Clock;

/// <summary>
/// A device whose clock is hours off, too fast or too slow by some 25 ppm and never quite the same, on a path to a server; what is sent in order arrives in order, as over TCP. All times are
/// milliseconds of the true time, unless said otherwise.
/// </summary>
internal sealed class SeededLink
{
    private readonly LinkPath _path;
    private readonly double _offsetMs;
    private readonly double _drift;
    private readonly double _phase;
    private double _stepAtMs = double.PositiveInfinity;
    private double _stepByMs;
    private double _upFreeMs;
    private double _downFreeMs;

    public SeededLink(string profile, Seeded random)
    {
        _offsetMs = random.Between(-3, 3) * 3_600_000;
        _drift = random.Normal() * 25e-6;
        _phase = random.Next() * 2 * Math.PI;
        _path = LinkPath.Of(profile, random);
    }

    /// <summary>What nobody at either end can see: half of what the way up takes longer than the way down.</summary>
    public double AsymmetryMs => (_path.UpMs - _path.DownMs) / 2;

    /// <summary>Somebody sets the device's clock.</summary>
    public void Step(double atMs, double byMs) => (_stepAtMs, _stepByMs) = (atMs, byMs);

    /// <summary>What its clock shows at a true time. The wander is 1 ppm at most, with a period of ten minutes.</summary>
    public double LocalAt(double trueMs) =>
        trueMs * (1 + _drift) + _offsetMs + 0.1 * Math.Sin(trueMs / 95_493 + _phase) + (trueMs >= _stepAtMs ? _stepByMs : 0);

    /// <summary>When what the device sends arrives.</summary>
    public double Up(double sentMs) => _upFreeMs = Math.Max(_upFreeMs, sentMs + _path.UpMs + _path.QueueingMs(true, sentMs));

    /// <summary>When what the server sends arrives.</summary>
    public double Down(double sentMs) => _downFreeMs = Math.Max(_downFreeMs, sentMs + _path.DownMs + _path.QueueingMs(false, sentMs));
}
