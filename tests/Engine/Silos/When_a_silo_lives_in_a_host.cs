using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Silos;

public sealed class When_a_silo_lives_in_a_host
{
    [Fact]
    public async Task Should_start_with_it_and_offer_its_grains_to_the_other_services()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new());
        builder.UseOrleans(silo => silo.UseLocalhostClustering());
        using var host = builder.Build();

        await host.StartAsync();
        var client = host.Services.GetRequiredService<IClusterClient>();
        Assert.Equal(1, await client.GetGrain<ILifeGrain>("hosted").Incarnation());
        Assert.Equal(1, await host.Services.GetRequiredService<IGrainFactory>().GetGrain<ILifeGrain>("hosted").Incarnation());
        var speaker = client.GetGrain<ISpeakerGrain>("hosted");
        var listener = new Listener(Probe.Of("hosted-listener"));
        await speaker.Subscribe(client.CreateObjectReference<IListener>(listener));
        Assert.Equal("heard news", await speaker.Tell("news"));
        GC.KeepAlive(listener);
        await host.StopAsync();

        await Probe.Of("hosted").Marked("deactivated ShuttingDown");
    }
}
