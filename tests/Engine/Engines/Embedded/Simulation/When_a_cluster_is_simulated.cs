using WhatsSound.Embedded;
using WhatsSound.Embedded.Simulation;

namespace WhatsSound.Tests.Engine.Simulation;

public sealed class When_a_cluster_is_simulated
{
    [Fact]
    public void Should_run_the_same_for_the_same_seed_and_else_differently()
    {
        var first = RunBusily(seed: 1);

        Assert.Equal(first, RunBusily(seed: 1));
        Assert.NotEqual(first, RunBusily(seed: 2));
        Assert.NotEqual(first, RunBusily(seed: 3));
    }

    [Fact]
    public void Should_let_time_pass_only_when_nothing_can_run()
    {
        var simulation = new WhatsSound.Embedded.Simulation.Simulation(new() { Seed = 7 });
        var start = simulation.Time.GetUtcNow();

        simulation.Run(async () =>
        {
            await Task.Delay(TimeSpan.FromHours(3), simulation.Time);
            await Task.Yield();
        });

        Assert.Equal(TimeSpan.FromHours(3), simulation.Time.GetUtcNow() - start);
    }

    [Fact]
    public void Should_say_so_when_the_scenario_waits_for_ever()
    {
        var simulation = new WhatsSound.Embedded.Simulation.Simulation(new() { Seed = 11 });

        var stuck = Assert.Throws<SimulationException>(() => simulation.Run(() => new TaskCompletionSource().Task));

        Assert.Contains("seed 11", stuck.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_say_so_when_work_leaves_its_thread()
    {
        var simulation = new WhatsSound.Embedded.Simulation.Simulation(new() { Seed = 13 });
        var leak = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var outside = new Thread(() => leak.SetResult());

        var failure = Assert.Throws<SimulationException>(() => simulation.Run(async () =>
        {
            var waiting = WaitAndReturnAsync(leak.Task);
            outside.Start();
            outside.Join();
            await waiting;
        }));

        Assert.Contains("another thread", failure.Message, StringComparison.Ordinal);

        static async Task WaitAndReturnAsync(Task task) => await task;
    }

    [Fact]
    public void Should_throw_what_the_scenario_throws()
        => Assert.Throws<InvalidDataException>(() => new WhatsSound.Embedded.Simulation.Simulation(new() { Seed = 1 }).Run(async () =>
        {
            await Task.Yield();
            throw new InvalidDataException();
        }));

    [Fact]
    public void Should_lose_the_share_of_one_way_calls_that_it_is_told_to()
    {
        var simulation = new WhatsSound.Embedded.Simulation.Simulation(new() { Seed = 5 });
        var cluster = simulation.CreateCluster(new());
        simulation.Faults.OneWayLoss = 0.5;

        simulation.Run(async () =>
        {
            await cluster.StartSiloAsync();
            var client = await cluster.StartClientAsync();
            var grain = client.Client.GetGrain<ISimulatedGrain>("lossy");
            for (var i = 0; i < 200; i++) await grain.Tell();
            Assert.InRange(await grain.Count(), 60, 140);
        });
    }

    [Fact]
    public void Should_kill_a_silo_in_the_middle_of_its_work()
    {
        var simulation = new WhatsSound.Embedded.Simulation.Simulation(new() { Seed = 17 });
        var cluster = simulation.CreateCluster(new());

        simulation.Run(async () =>
        {
            await cluster.StartSiloAsync();
            await cluster.StartSiloAsync();
            var client = await cluster.StartClientAsync();
            var grain = client.Client.GetGrain<ISimulatedGrain>("killed");
            await grain.Add(1);
            var call = grain.AddSlowly(TimeSpan.FromSeconds(10));
            await Task.Delay(TimeSpan.FromSeconds(1), simulation.Time);

            await cluster.KillSiloAsync(cluster.FindSilo(GrainId.Parse("simulated/killed"))!);

            await Assert.ThrowsAsync<TimeoutException>(() => call);
            await Task.Delay(TimeSpan.FromSeconds(60), simulation.Time);
            Assert.Equal(0, await grain.Count());
        });
    }

    private static (ulong Hash, long Steps, string Log) RunBusily(int seed)
    {
        var simulation = new WhatsSound.Embedded.Simulation.Simulation(new() { Seed = seed });
        var cluster = simulation.CreateCluster(new());
        simulation.Faults.MessageDelayMax = TimeSpan.FromMilliseconds(50);
        var log = new List<string>();
        simulation.Run(async () =>
        {
            await cluster.StartSiloAsync();
            var victim = await cluster.StartSiloAsync();
            var client = await cluster.StartClientAsync();
            var work = Enumerable.Range(0, 20).Select(i => WorkAsync(client, i)).ToList();
            await Task.Delay(TimeSpan.FromSeconds(2), simulation.Time);
            await cluster.KillSiloAsync(victim);
            await Task.WhenAll(work);
            await cluster.DisposeAsync();
        });
        return (simulation.TraceHash, simulation.Steps, string.Join(',', log));

        async Task WorkAsync(EmbeddedClient client, int worker)
        {
            for (var i = 0; i < 30; i++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(simulation.Random.Next(300)), simulation.Time);
                try
                {
                    var total = await client.Client.GetGrain<ISimulatedGrain>($"{simulation.Random.Next(8)}").AddSlowly(TimeSpan.FromMilliseconds(5));
                    log.Add($"{worker}:{total}");
                }
                catch (TimeoutException)
                {
                    log.Add($"{worker}:lost");
                }
            }
        }
    }
}
