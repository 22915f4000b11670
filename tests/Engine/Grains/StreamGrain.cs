using Orleans.Streams;

namespace WhatsSound.Tests.Engine.Grains;

public sealed class StreamGrain : Grain, IStreamGrain
{
    public Task Subscribe(string stream)
        => Stream(stream).SubscribeAsync((item, _) =>
        {
            Probe.Of(this.GetPrimaryKeyString()).Record(item);
            return Task.CompletedTask;
        });

    public async Task Unsubscribe(string stream)
    {
        foreach (var handle in await Stream(stream).GetAllSubscriptionHandles()) await handle.UnsubscribeAsync();
    }

    public Task Publish(string stream, string item) => Stream(stream).OnNextAsync(item);

    public Task PublishBatch(string stream, string[] items) => Stream(stream).OnNextBatchAsync(items);

    private IAsyncStream<string> Stream(string name) => this.GetStreamProvider("memory").GetStream<string>(StreamId.Create("engine", name));
}
