using System.Collections.Concurrent;

namespace WhatsSound.Tests.Engine.Grains;

[GrainType("engine-life")]
public sealed class LifeGrain : Grain, ILifeGrain
{
    private static readonly ConcurrentDictionary<string, int> Incarnations = new(StringComparer.Ordinal);

    private int incarnation;

    private Probe Probe => Probe.Of(this.GetPrimaryKeyString());

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        incarnation = Incarnations.AddOrUpdate(this.GetPrimaryKeyString(), 1, static (_, last) => last + 1);
        if (this.GetPrimaryKeyString().StartsWith("unable", StringComparison.Ordinal)) throw new InvalidOperationException("unable to start");
        await Task.Yield();
        Probe.Record("activated");
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        if (this.GetPrimaryKeyString().StartsWith("slow", StringComparison.Ordinal))
        {
            Probe.Record("leaving");
            await Probe.Marked("go");
        }

        Probe.Record($"deactivated {reason.ReasonCode}");
    }

    public Task<int> Incarnation() => Task.FromResult(incarnation);

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public async Task<int> LeaveAndHold()
    {
        DeactivateOnIdle();
        Probe.Mark("holding");
        await Probe.Marked("go");
        return incarnation;
    }

    public Task Delay(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public async Task Hold()
    {
        Probe.Mark("holding");
        await Probe.Marked("go");
    }

    public Task<string> Identity() => Task.FromResult(this.GetGrainId().ToString());

    public Task<ILifeGrain> Self() => Task.FromResult(this.AsReference<ILifeGrain>());
}
