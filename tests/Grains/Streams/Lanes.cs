using System.Diagnostics.Metrics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using WhatsSound.Grains.Streams;
using WhatsSound.Publications;
using WhatsSound.Streams;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Grains.Streams;

/// <summary>The lanes of one silo, without a silo.</summary>
internal sealed class Lanes : IDisposable
{
    private static readonly IMeterFactory Meters = new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>();

    private readonly Dictionary<string, long> _heads = [];

    public Lanes(LaneOptions? options = null) =>
        Hub = new(
            Options.Create(options ?? new()),
            Time,
            new(new(Meters)),
            NullLogger<LaneHub>.Instance);

    public LaneHub Hub { get; }

    public CountingTime Time { get; } = new();

    public TestGateway Attach(string channel, TestGateway? gateway = null)
    {
        gateway ??= new();
        Hub.Attach(LiveStreams.StreamOf(channel), new() { GatewayId = gateway.Id, Receiver = gateway });
        return gateway;
    }

    public void Detach(string channel, TestGateway gateway) => Hub.Detach(LiveStreams.StreamOf(channel), gateway.Id);

    public bool IsAttached(string channel, TestGateway gateway) => Hub.LaneOf(LiveStreams.StreamOf(channel), gateway.Id) is not null;

    /// <summary>Sends that many frames of one publication each.</summary>
    public void Send(string channel, int count = 1, int bytes = 10)
    {
        for (var i = 0; i < count; i++)
            Hub.Send(LiveStreams.StreamOf(channel), NextFrame(channel, bytes));
    }

    public void Dispose() => Hub.Dispose();

    private ChannelFrame NextFrame(string channel, int bytes)
    {
        var previous = _heads.GetValueOrDefault(channel);
        _heads[channel] = previous + 1;
        return new()
        {
            Channel = channel,
            Epoch = "e1",
            PreviousOffset = previous,
            HeadOffset = previous + 1,
            Publications = [new() { Offset = previous + 1, Id = $"p{previous + 1}", TimeMs = 0, Event = "said", Data = new(new byte[bytes]) }],
        };
    }
}
