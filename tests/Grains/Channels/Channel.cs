using System.Text;
using WhatsSound.Channels;
using WhatsSound.Publications;
using WhatsSound.Streams;
using WhatsSound.Tests.Grains.Streams;

namespace WhatsSound.Tests.Grains.Channels;

/// <summary>A channel of a cluster, in the words of tests.</summary>
internal sealed class Channel(TestCluster cluster, string name)
{
    public string Name => name;

    public IChannelGrain Grain { get; } = cluster.Grains.GetChannel(name);

    /// <summary>A channel that no other test uses.</summary>
    public static Channel New(TestCluster cluster, string pattern = "test:*") =>
        new(cluster, pattern.Replace("*", Guid.NewGuid().ToString("N"), StringComparison.Ordinal));

    public static PublishRequest Request(string id, string? key = null, string? publisher = null) =>
        new() { Id = id, Event = "said", Data = new(Encoding.UTF8.GetBytes($"\"{id}\"")), Key = key, Publisher = publisher };

    public async Task<Published> PublishAsync(string id, string? key = null, string? publisher = null)
    {
        var answer = await Grain.PublishAsync(Request(id, key, publisher));
        Assert.Null(answer.Refusal);
        return answer.Value!;
    }

    /// <summary>Publishes that many, with ids that go on from the head.</summary>
    public async Task<Position> PublishAsync(int count)
    {
        var position = (await Grain.RecoverAsync(new())).Position;
        for (var i = 0; i < count; i++)
            position = (await PublishAsync($"p{position.Offset + 1}")).Position;
        return position;
    }

    /// <summary>Publishes that many of the largest data that the rules take: 64 KiB.</summary>
    public async Task<Position> PublishLargestAsync(int count)
    {
        var data = new Payload(Encoding.UTF8.GetBytes($"\"{new string('x', (64 * 1024) - 2)}\""));
        for (var i = 0; i < count; i++)
            Assert.Null((await Grain.PublishAsync(Request($"large{i}") with { Data = data })).Refusal);
        return await HeadAsync();
    }

    public Task<Recovery> RecoverAsync(Position since) => Grain.RecoverAsync(new() { Since = since });

    public async Task<Position> HeadAsync() => (await Grain.RecoverAsync(new())).Position;

    public async Task<TestGateway> AttachAsync(TestGateway? gateway = null)
    {
        gateway ??= new();
        await Grain.AttachLaneAsync(new() { GatewayId = gateway.Id, Receiver = cluster.Client.CreateObjectReference<ILaneReceiver>(gateway) });
        return gateway;
    }

    public Task<GatewayLeaseAnswer> RenewAsync(TestGateway gateway, int connectionCount = 0) =>
        Grain.RenewAsync(new() { GatewayId = gateway.Id, ConnectionCount = connectionCount });

    /// <summary>Answered after all that came before it, timers included.</summary>
    public Task BarrierAsync() => Grain.DetachLaneAsync(Guid.Empty);

    public Task AdvanceAsync(TimeSpan by, TimeSpan step) => cluster.AdvanceAsync(by, step, BarrierAsync);
}
