using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;
using WhatsSound.Tests.Engine.Storage;

namespace WhatsSound.Tests.Engine.Reminders;

public sealed class When_reminders_are_kept_in_sqlite : IDisposable
{
    private readonly SqliteFile file = new();

    [Fact]
    public async Task Should_be_there_after_a_restart()
    {
        await using (var before = await StartAsync())
        {
            await before.Client.GetGrain<IReminderGrain>("durable").Register("wake", TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(0.2));
        }

        Assert.Equal([$"reminder/durable|wake|200|{unchecked((int)GrainId.Parse("reminder/durable").GetUniformHashCode())}"],
            file.Query("SELECT GrainId, ReminderName, Period, GrainHash FROM OrleansRemindersTable"));

        await using var after = await StartAsync();
        await Probe.Of("durable").Marked("wake tick 1");
        Assert.Equal(["wake"], await after.Client.GetGrain<IReminderGrain>("durable").Names());
        await after.Client.GetGrain<IReminderGrain>("durable").Unregister("wake");
        Assert.Empty(file.Query("SELECT GrainId FROM OrleansRemindersTable"));
    }

    [Fact]
    public void Should_be_found_by_a_hash_that_is_the_same_everywhere()
    {
        Assert.Equal(3459808910u, GrainId.Parse("room/room:1").GetUniformHashCode());
        Assert.Equal(3527008183u, GrainId.Parse("a-long-type-of-grain/with-a-key-of-more-than-sixteen-bytes").GetUniformHashCode());
    }

    public void Dispose() => file.Dispose();

    private Task<ITestCluster> StartAsync()
        => TestCluster.StartAsync(new()
        {
            Silo = silo => silo
                .Configure<ReminderOptions>(options => options.MinimumReminderPeriod = TimeSpan.FromMilliseconds(50))
                .UseAdoNetReminderService(options =>
                {
                    options.Invariant = "System.Data.SQLite";
                    options.ConnectionString = file.ConnectionString;
                }),
        });
}
