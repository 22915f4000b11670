namespace WhatsSound.Tests.Gateway.Clients.Clock;

/// <summary>Random numbers that a seed determines (mulberry32, by Tommy Ettinger, public domain): the same as those of the TypeScript client's tests.</summary>
internal sealed class Seeded(double seed)
{
    private uint _state = (uint)(ulong)seed;

    /// <summary>In [0, 1).</summary>
    public double Next()
    {
        _state += 0x6d2b79f5;
        var mixed = (_state ^ (_state >> 15)) * (1 | _state);
        mixed = (mixed + (mixed ^ (mixed >> 7)) * (61 | mixed)) ^ mixed;
        return (mixed ^ (mixed >> 14)) / 4_294_967_296.0;
    }

    public double Between(double from, double to) => from + Next() * (to - from);

    public double Exponential(double mean) => -Math.Log(1 - Next()) * mean;

    public double Normal() => Math.Sqrt(-2 * Math.Log(1 - Next())) * Math.Cos(2 * Math.PI * Next());
}
