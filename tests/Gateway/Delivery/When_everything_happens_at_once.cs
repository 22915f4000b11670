using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Messages;
using WhatsSound.Publications;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Delivery;

/// <summary>Publishing, losing, repeating, attaching and renewing on several threads: every session still sees every offset after its own start, once, in order.</summary>
public sealed class When_everything_happens_at_once
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Should_still_be_whole_for_every_session(int seed)
    {
        using var gateway = new FakeGateway(new DeliveryOptions { WindowPublicationsMax = 16, PendingFramesMax = 8 });
        var channel = gateway.Cluster.Channel("news");
        var joined = new List<(Recovery From, long After, RecordingSocket Socket)>();
        var publishing = Task.Run(() => Publish(channel, new Random(seed)));
        var random = new Random(seed + 1000);
        for (var i = 0; i < 40; i++)
        {
            var (session, socket) = gateway.Connect();
            Position? since = i % 2 == 0 ? null : new Position("e1", random.Next(0, 5));
            var from = await gateway.SubscribeAsync(session, "news", since);
            joined.Add((from, from.Verdict == Verdict.Recovered ? since!.Value.Offset : from.Position.Offset, socket));
            await gateway.RenewAsync();
        }

        await publishing;
        channel.AddAndSend(1);
        var last = (await channel.RecoverAsync(new RecoverRequest())).Position.Offset;
        foreach (var (from, start, socket) in joined)
        {
            await Eventually.BecomesTrueAsync(() => from.Position.Offset == last || socket.Offsets.LastOrDefault() == last);
            long[] seen = [.. from.Publications.Select(one => one.Offset), .. socket.Offsets];
            Assert.Equal(Enumerable.Range((int)start + 1, (int)(last - start)).Select(offset => (long)offset), seen);
            Assert.Empty(socket.Messages.OfType<LostMessage>());
        }
    }

    private static void Publish(FakeChannel channel, Random random)
    {
        for (var i = 0; i < 2000; i++)
        {
            switch (random.Next(10))
            {
                case 0:
                    channel.AddAndLose(random.Next(1, 4));
                    break;
                case 1:
                    channel.SkipBatch();
                    break;
                case 2:
                    channel.SendRaw(Sample.Frame(0, 1));
                    break;
                default:
                    channel.AddAndSend(random.Next(1, 4));
                    break;
            }
        }
    }
}
