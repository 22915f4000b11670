using Orleans.Streams;
using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Streams;

public sealed class When_items_are_published : IAsyncLifetime
{
    private ITestCluster? cluster;

    private IClusterClient Client => cluster!.Client;

    [Fact]
    public async Task Should_reach_a_grain_in_order()
    {
        var probe = Probe.Of("stream-grain");
        await Client.GetGrain<IStreamGrain>("stream-grain").Subscribe("ordered");

        for (var i = 0; i < 10; i++) await Client.GetGrain<IStreamGrain>("stream-publisher").Publish("ordered", $"{i}");

        await probe.Marked("9");
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), probe.Entries);
    }

    [Fact]
    public async Task Should_reach_a_client_one_by_one_or_as_batches()
    {
        var (single, batched) = (Probe.Of("stream-client"), Probe.Of("stream-client-batch"));
        var stream = Client.GetStreamProvider("memory").GetStream<string>(StreamId.Create("engine", "clients"));
        await stream.SubscribeAsync((item, _) =>
        {
            single.Record(item);
            return Task.CompletedTask;
        });
        await stream.SubscribeAsync(items =>
        {
            foreach (var item in items) batched.Record(item.Item);
            return Task.CompletedTask;
        });

        await Client.GetGrain<IStreamGrain>("stream-batch-publisher").PublishBatch("clients", ["a", "b", "c"]);

        await single.Marked("c");
        await batched.Marked("c");
        Assert.Equal(["a", "b", "c"], single.Entries);
        Assert.Equal(["a", "b", "c"], batched.Entries);
    }

    [Fact]
    public async Task Should_not_reach_those_who_unsubscribed()
    {
        var (gone, here) = (Client.GetGrain<IStreamGrain>("stream-gone"), Client.GetGrain<IStreamGrain>("stream-here"));
        await gone.Subscribe("leaving");
        await here.Subscribe("leaving");

        await gone.Unsubscribe("leaving");
        await here.Publish("leaving", "news");

        await Probe.Of("stream-here").Marked("news");
        Assert.Empty(Probe.Of("stream-gone").Entries);
    }

    [Fact]
    public void Should_know_its_name_and_identity()
    {
        var stream = Client.GetStreamProvider("memory").GetStream<string>(StreamId.Create("engine", "named"));

        Assert.Equal("memory", stream.ProviderName);
        Assert.Equal(("engine", "named"), (stream.StreamId.GetNamespace(), stream.StreamId.GetKeyAsString()));
        Assert.Equal(StreamId.Create("engine", "named"), stream.StreamId);
        Assert.Equal("engine/named", stream.StreamId.ToString());
    }

    public async ValueTask InitializeAsync()
        => cluster = await TestCluster.StartAsync(new()
        {
            Silo = silo => silo.AddMemoryStreams("memory").AddMemoryGrainStorage("PubSubStore"),
            Client = client => client.AddMemoryStreams("memory"),
        });

    public ValueTask DisposeAsync() => cluster!.DisposeAsync();
}
