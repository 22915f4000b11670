namespace WhatsSound.Tests.Engine.Grains;

public sealed class KeptGrain : Grain, IKeptGrain
{
    public Task StartTimer(bool keepAlive)
    {
        var tenth = TimeSpan.FromSeconds(0.1);
        this.RegisterGrainTimer(() => Task.CompletedTask, new GrainTimerCreationOptions { DueTime = tenth, Period = tenth, KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Probe.Of(this.GetPrimaryKeyString()).Record("deactivated");
        return Task.CompletedTask;
    }
}
