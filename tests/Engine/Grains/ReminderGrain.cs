namespace WhatsSound.Tests.Engine.Grains;

public sealed class ReminderGrain : Grain, IReminderGrain, IRemindable
{
    private int ticks;

    private Probe Probe => Probe.Of(this.GetPrimaryKeyString());

    public Task Register(string name, TimeSpan due, TimeSpan period) => this.RegisterOrUpdateReminder(name, due, period);

    public async Task Unregister(string name) => await this.UnregisterReminder((await this.GetReminder(name))!);

    public async Task<string[]> Names() => [.. (await this.GetReminders()).Select(reminder => reminder.ReminderName).Order(StringComparer.Ordinal)];

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    public Task ReceiveReminder(string reminderName, TickStatus status)
    {
        Probe.Record($"{reminderName} tick {++ticks}");
        return Task.CompletedTask;
    }
}
