namespace WhatsSound.Tests.Grains.Orleans;

[GrainType("test-fact")]
public sealed class FactGrain : Grain, IFactGrain, IRemindable
{
    private Happenings Here => Happenings.Of(this.GetPrimaryKeyString());

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        Here.Tell($"deactivated {reason.ReasonCode}");
        return Task.CompletedTask;
    }

    public async Task HoldAsync()
    {
        Here.Tell("in");
        await Here.UntilAsync("go");
        Here.Tell("out");
    }

    public Task HoldBrieflyAsync() => HoldAsync();

    public async Task HoldAndFailAsync()
    {
        await HoldAsync();
        throw new InvalidOperationException("Nobody is told.");
    }

    public Task PassAsync() => Task.CompletedTask;

    public Task PassAlwaysAsync() => Task.CompletedTask;

    public Task TickAsync(bool keepAlive)
    {
        var often = TimeSpan.FromMilliseconds(100);
        this.RegisterGrainTimer(static _ => Task.CompletedTask, new GrainTimerCreationOptions(often, often) { KeepAlive = keepAlive });
        return Task.CompletedTask;
    }

    public Task StayAsync(TimeSpan time)
    {
        DelayDeactivation(time);
        return Task.CompletedTask;
    }

    public Task RemindAsync(TimeSpan period) => this.RegisterOrUpdateReminder("fact", period, period);

    public Task AskAsync(IFactObserver observer) => observer.AnswerAsync();

    public Task ReceiveReminder(string reminderName, TickStatus status) => Task.CompletedTask;
}
