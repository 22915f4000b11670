using System.Collections.Concurrent;
using Orleans.Configuration;
using WhatsSound.Embedded;

namespace WhatsSound.Tests.Engine.Silos;

/// <summary>On the thread pool, where the engine's own races would show.</summary>
public sealed class When_silos_come_and_go_under_load
{
    [Fact]
    public async Task Should_end_every_call_and_never_run_a_grain_twice()
    {
        var cluster = new EmbeddedCluster(new()
        {
            ConfigureClient = client => client.Configure<ClientMessagingOptions>(options => options.ResponseTimeout = TimeSpan.FromSeconds(1)),
        });
        for (var i = 0; i < 3; i++) await cluster.StartSiloAsync();
        var client = (await cluster.StartClientAsync()).Client;

        var endings = new ConcurrentDictionary<string, int>(StringComparer.Ordinal);
        using var over = new CancellationTokenSource();
        var workers = Enumerable.Range(0, 8).Select(worker => Task.Run(() => WorkAsync(client, worker, endings, over.Token))).ToArray();
        for (var round = 0; round < 12; round++)
        {
            while (endings.Values.Sum() < 100 * (round + 1)) await client.GetGrain<ICrowdedGrain>("pause").Enter();
            var victim = cluster.Silos[round % cluster.Silos.Count];
            await (round % 2 == 0 ? cluster.KillSiloAsync(victim) : cluster.StopSiloAsync(victim));
            await cluster.StartSiloAsync();
        }

        await over.CancelAsync();
        await Task.WhenAll(workers).WaitAsync(TimeSpan.FromSeconds(30));
        await cluster.DisposeAsync();

        Assert.Equal(["done"], endings.Keys.Except([nameof(TimeoutException), nameof(SiloUnavailableException)], StringComparer.Ordinal));
        Assert.Equal(0, CrowdedGrain.Collisions);
    }

    private static async Task WorkAsync(IClusterClient client, int worker, ConcurrentDictionary<string, int> endings, CancellationToken over)
    {
        for (var i = 0; !over.IsCancellationRequested; i++)
        {
            var ending = "done";
            try
            {
                await client.GetGrain<ICrowdedGrain>($"{(worker + i) % 20}").Enter();
            }
            catch (Exception exception)
            {
                ending = exception.GetType().Name;
            }

            endings.AddOrUpdate(ending, 1, static (_, count) => count + 1);
        }
    }
}
