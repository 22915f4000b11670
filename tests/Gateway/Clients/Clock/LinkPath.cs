namespace WhatsSound.Tests.Gateway.Clients.Clock;

/// <summary>What a path is made of, each way in milliseconds, and what a message waits on its way, on top.</summary>
/// <param name="UpMs">To the server.</param>
/// <param name="DownMs">Back.</param>
/// <param name="QueueingMs">By whether it goes up, and when.</param>
internal sealed record LinkPath(double UpMs, double DownMs, Func<bool, double, double> QueueingMs)
{
    /// <summary>How paths are: of a wired home, over the internet, by phone, and by a line whose way up is filled in bursts, 27 % of the time.</summary>
    public static LinkPath Of(string profile, Seeded random) => profile switch
    {
        "LAN" => Even(random.Between(0.1, 0.5), 0.3, random),
        "WAN" => Even(random.Between(10, 60), 5, random),
        "4G" => Phone(random),
        "BAD" => Bursting(random),
        _ => throw new ArgumentOutOfRangeException(nameof(profile)),
    };

    private static LinkPath Even(double ms, double queueingMs, Seeded random) => new(ms, ms, (_, _) => random.Exponential(queueingMs));

    private static LinkPath Phone(Seeded random)
    {
        var ms = random.Between(20, 50);
        double Spike() => random.Next() < 0.05 ? random.Between(80, 350) : 0;
        return new LinkPath(ms + random.Between(0, 15), ms, (_, _) => random.Exponential(7.5) + random.Exponential(7.5) + Spike());
    }

    private static LinkPath Bursting(Seeded random)
    {
        var ms = random.Between(10, 40);
        var bursts = new Bursts(new Seeded(random.Next() * 4_294_967_296.0));
        return new LinkPath(ms, ms, (isUp, atMs) => random.Exponential(3) + (isUp && bursts.AreAt(atMs) ? random.Between(100, 500) : 0));
    }

    /// <summary>Times of 1 to 5 s, with pauses of 8 s in the mean.</summary>
    private sealed class Bursts
    {
        private readonly Seeded _random;
        private double _fromMs;
        private double _toMs;

        public Bursts(Seeded random)
        {
            _random = random;
            Next(0);
        }

        public bool AreAt(double atMs)
        {
            while (atMs >= _toMs)
                Next(_toMs);
            return atMs >= _fromMs;
        }

        private void Next(double afterMs)
        {
            _fromMs = afterMs + _random.Exponential(8_000);
            _toMs = _fromMs + _random.Between(1_000, 5_000);
        }
    }
}
