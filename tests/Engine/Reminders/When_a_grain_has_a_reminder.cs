using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Reminders;

public sealed class When_a_grain_has_a_reminder : IAsyncLifetime
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(100);

    private ITestCluster? cluster;

    [Fact]
    public async Task Should_be_called_when_due_and_each_period()
    {
        var (grain, probe) = Grain("ticking");

        await grain.Register("wake", Short, Short);

        await probe.Marked("wake tick 2");
        await grain.Unregister("wake");
    }

    [Fact]
    public async Task Should_be_activated_for_it()
    {
        var (grain, probe) = Grain("sleeping");

        await grain.Register("wake", TimeSpan.FromSeconds(0.5), Minute);
        await cluster!.DeactivateAsync(grain.GetGrainId());

        await probe.Marked("wake tick 1");
        await grain.Unregister("wake");
    }

    [Fact]
    public async Task Should_know_its_reminders()
    {
        var (grain, _) = Grain("knowing");

        await grain.Register("one", Minute, Minute);
        await grain.Register("two", Minute, Minute);
        await grain.Register("two", 2 * Minute, Minute);
        Assert.Equal(["one", "two"], await grain.Names());
        await grain.Unregister("one");

        Assert.Equal(["two"], await grain.Names());
    }

    [Fact]
    public async Task Should_refuse_a_period_that_is_too_short()
        => await Assert.ThrowsAnyAsync<ArgumentException>(() => Grain("hasty").Grain.Register("hasty", Minute, TimeSpan.FromMilliseconds(1)));

    public async ValueTask InitializeAsync()
        => cluster = await TestCluster.StartAsync(new()
        {
            Silo = silo => silo.UseInMemoryReminderService().Configure<ReminderOptions>(options => options.MinimumReminderPeriod = TimeSpan.FromMilliseconds(50)),
        });

    public ValueTask DisposeAsync() => cluster!.DisposeAsync();

    private (IReminderGrain Grain, Probe Probe) Grain(string key) => (cluster!.Client.GetGrain<IReminderGrain>($"reminder-{key}"), Probe.Of($"reminder-{key}"));
}
