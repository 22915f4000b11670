using Orleans.Streams;
using WhatsSound.Embedded;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Simulation;

public sealed class When_things_go_wrong_in_a_simulation
{
    [Fact]
    public void Should_fail_writes_before_or_after_they_were_done()
    {
        var simulation = new WhatsSound.Embedded.Simulation.Simulation(new() { Seed = 3 });
        var cluster = simulation.CreateCluster(new() { ConfigureSilo = silo => silo.AddMemoryGrainStorageAsDefault() });
        simulation.Faults.WriteFailure = 0.5;

        simulation.Run(async () =>
        {
            await cluster.StartSiloAsync();
            var client = await cluster.StartClientAsync();
            var outcomes = new List<string>();
            for (var i = 0; i < 50; i++)
                outcomes.Add(await client.Client.GetGrain<IStateGrain>($"{i}", "WhatsSound.Tests.Engine.Grains.StateGrain").TryWrite("text"));
            Assert.InRange(outcomes.Count(outcome => outcome == nameof(OrleansException)), 10, 40);
        });
    }

    [Fact]
    public void Should_run_reminders_timers_streams_and_observers_on_its_thread()
    {
        var simulation = new WhatsSound.Embedded.Simulation.Simulation(new() { Seed = 19 });
        var cluster = simulation.CreateCluster(new()
        {
            ConfigureSilo = silo => silo.UseInMemoryReminderService().AddMemoryStreams("memory"),
            ConfigureClient = client => client.AddMemoryStreams("memory"),
        });
        var heard = new List<string>();

        simulation.Run(async () =>
        {
            await cluster.StartSiloAsync();
            var client = (await cluster.StartClientAsync()).Client;
            await client.GetGrain<IReminderGrain>("simulated-reminder").Register("daily", TimeSpan.FromDays(1), TimeSpan.FromDays(1));
            await client.GetGrain<ITimerGrain>("simulated-timer").Start(TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1), interleave: false);
            await client.GetStreamProvider("memory").GetStream<string>(StreamId.Create("engine", "simulated")).SubscribeAsync((item, _) =>
            {
                heard.Add(item);
                return Task.CompletedTask;
            });
            var listener = new Listener(Probe.Of("simulated-listener"));
            await client.GetGrain<ISpeakerGrain>("simulated").Subscribe(client.CreateObjectReference<IListener>(listener));

            await Task.Delay(TimeSpan.FromMinutes(5), simulation.Time);
            await Task.WhenAll(client.GetGrain<ISpeakerGrain>("simulated").Tell("news"), client.GetGrain<IStreamGrain>("simulated").Publish("simulated", "item"));
            await Task.Delay(TimeSpan.FromDays(3.5), simulation.Time);
            GC.KeepAlive(listener);
        });

        Assert.Equal(["item"], heard);
        Assert.Equal(3, Probe.Of("simulated-reminder").Entries.Length);
        Assert.NotEmpty(Probe.Of("simulated-timer").Entries);
    }

    [Fact]
    public void Should_run_a_nodes_own_work_until_it_is_killed()
    {
        var simulation = new WhatsSound.Embedded.Simulation.Simulation(new() { Seed = 23 });
        var cluster = simulation.CreateCluster(new());
        var beats = 0;

        simulation.Run(async () =>
        {
            var silo = await cluster.StartSiloAsync();
            var scheduler = ((NodeScheduler)silo.Services.GetService(typeof(NodeScheduler))!).Value;
            _ = Task.Factory.StartNew(BeatAsync, CancellationToken.None, TaskCreationOptions.None, scheduler);
            await Task.Delay(TimeSpan.FromSeconds(10.5), simulation.Time);
            await cluster.KillSiloAsync(silo);
            await Task.Delay(TimeSpan.FromSeconds(10), simulation.Time);
        });

        Assert.Equal(10, beats);

        async Task BeatAsync()
        {
            while (true)
            {
                await Task.Delay(TimeSpan.FromSeconds(1), simulation.Time);
                beats++;
            }
        }
    }
}
