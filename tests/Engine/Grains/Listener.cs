namespace WhatsSound.Tests.Engine.Grains;

/// <summary>Records what it hears; "slow" news is held until the test marks "go slow".</summary>
public sealed class Listener(Probe probe) : IListener
{
    public async Task<string> Hear(string news)
    {
        probe.Record($"in {news}");
        if (news == "slow") await probe.Marked("go slow");
        if (news == "bad") throw new InvalidOperationException("bad news");
        probe.Record($"out {news}");
        return $"heard {news}";
    }

    public Task Overhear(string news) => Hear(news);
}
