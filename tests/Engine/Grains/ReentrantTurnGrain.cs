namespace WhatsSound.Tests.Engine.Grains;

[Reentrant]
public sealed class ReentrantTurnGrain : Grain, IReentrantTurnGrain
{
    private Probe Probe => Probe.Of(this.GetPrimaryKeyString());

    public async Task Hold(string name)
    {
        Probe.Record($"in {name}");
        await Probe.Marked($"go {name}");
        Probe.Record($"out {name}");
    }

    public Task Record(string name)
    {
        Probe.Record(name);
        return Task.CompletedTask;
    }
}
