using System.Text.Json;
using WhatsSound.Client;

namespace WhatsSound.Tests.Gateway.Clients;

public sealed class When_a_dotnet_client_follows_a_channel(ClientServer server) : IClassFixture<ClientServer>
{
    [Fact]
    public async Task Should_hear_each_publication_once_and_in_order()
    {
        await using var ann = await server.ConnectLiveAsync();
        await using var bob = await server.ConnectLiveAsync();
        var name = server.Server.NewName("news");
        var heard = Listen(bob.Channel(name));
        var verdict = (await bob.Channel(name).SubscribeAsync()).Value;

        var places = await Task.WhenAll(Enumerable.Range(1, 20).Select(i => ann.Channel(name).PublishAsync("said", JsonSerializer.SerializeToElement(i))));
        await heard.UntilAsync(all => all.Count == 20);

        Assert.Equal((WhatsSound.Client.Verdict.Live, 0L), (verdict.Verdict, verdict.Position.Offset));
        Assert.Equal(Enumerable.Range(1, 20).Select(i => (long)i), places.Select(place => place.Value.Position.Offset));
        Assert.Equal(Enumerable.Range(1, 20), heard.All.Select(publication => publication.Data.GetInt32()));
    }

    [Fact]
    public async Task Should_begin_with_what_was_before_if_asked()
    {
        await using var ann = await server.ConnectLiveAsync();
        var channel = ann.Channel(server.Server.NewName("news"));
        await PublishAsync(channel, 1, 3);

        var heard = Listen(channel);
        var rewound = (await channel.SubscribeAsync(new SubscribeOptions { RewindCount = 2 })).Value;
        var position = channel.Position!;
        await channel.UnsubscribeAsync();
        await PublishAsync(channel, 4, 5);
        var recovered = (await channel.SubscribeAsync(new SubscribeOptions { Since = position })).Value;

        Assert.Equal((WhatsSound.Client.Verdict.Live, 2), (rewound.Verdict, rewound.Applied));
        // How much of it the answer has, and how much comes as frames behind it, is the gateway's to say: what was acknowledged may still be on its way there.
        Assert.Equal(WhatsSound.Client.Verdict.Recovered, recovered.Verdict);
        Assert.Equal([2, 3, 4, 5], (await heard.UntilAsync(all => all.Count == 4)).Select(publication => publication.Data.GetInt32()));
    }

    [Fact]
    public async Task Should_recover_over_cuts_what_was_missed()
    {
        await using var proxy = FaultProxy.Before(server.Server.Address);
        await using var ann = await server.ConnectLiveAsync();
        await using var bob = await server.ConnectLiveAsync(via: proxy.Address);
        var name = server.Server.NewName("news");
        var (heard, verdicts) = (Listen(bob.Channel(name)), Verdicts(bob.Channel(name)));
        await bob.Channel(name).SubscribeAsync();

        for (var round = 0; round < 5; round++)
        {
            proxy.Cut();
            await PublishAsync(ann.Channel(name), round * 3 + 1, round * 3 + 3);
            proxy.Restore();
            await heard.UntilAsync(all => all.Count == round * 3 + 3);
            await verdicts.UntilAsync(all => all.Count == round + 2);
        }

        Assert.Equal(Enumerable.Range(1, 15), heard.All.Select(publication => publication.Data.GetInt32()));
        Assert.All(verdicts.All.Skip(1), verdict => Assert.Equal(WhatsSound.Client.Verdict.Recovered, verdict.Verdict));
    }

    [Fact]
    public async Task Should_say_what_is_lost_and_go_on_with_what_the_channel_still_has()
    {
        await using var proxy = FaultProxy.Before(server.Server.Address);
        await using var ann = await server.ConnectLiveAsync();
        await using var bob = await server.ConnectLiveAsync(via: proxy.Address);
        var name = $"short:{server.Server.NewName("news")}";
        var (heard, verdicts) = (Listen(bob.Channel(name)), Verdicts(bob.Channel(name)));
        await bob.Channel(name).SubscribeAsync();
        await PublishAsync(ann.Channel(name), 1, 1);
        await heard.UntilAsync(all => all.Count == 1);

        proxy.Cut();
        await PublishAsync(ann.Channel(name), 2, 9);
        proxy.Restore();
        var lost = (await verdicts.UntilAsync(all => all.Count == 2))[1];
        await PublishAsync(ann.Channel(name), 10, 10);
        await heard.UntilAsync(all => all[^1].Offset == 10);

        Assert.Equal((WhatsSound.Client.Verdict.Lost, 2L), (lost.Verdict, lost.LostFrom));
        var offsets = heard.All.Select(publication => publication.Offset).ToList();
        Assert.Equal(Enumerable.Range(1, 10).Select(i => (long)i).Where(offset => offset < lost.LostFrom || offset > lost.LostTo), offsets);
        Assert.Contains(9, offsets);
    }

    [Fact]
    public async Task Should_publish_once_though_the_answer_is_lost()
    {
        await using var proxy = FaultProxy.Before(server.Server.Address);
        await using var ann = await server.ConnectLiveAsync(via: proxy.Address);
        var channel = ann.Channel(server.Server.NewName("news"));
        var heard = Listen(channel);
        await channel.SubscribeAsync();

        proxy.Swallow((isClients, text) => !isClients && text.Contains("\"timeMs\"", StringComparison.Ordinal));
        var publishing = channel.PublishAsync("said", JsonSerializer.SerializeToElement(1));
        await proxy.Swallowed.UntilAsync(all => all.Count == 1);
        proxy.Restore();
        proxy.Kill();

        Assert.Equal(1, (await publishing).Value.Position.Offset);
        await PublishAsync(channel, 2, 2);
        Assert.Equal([1, 2], (await heard.UntilAsync(all => all.Count == 2)).Select(publication => publication.Data.GetInt32()));
    }

    [Fact]
    public async Task Should_be_refused_with_values()
    {
        await using var ann = await server.ConnectLiveAsync();
        var foreign = ann.Channel("user:somebody-else:activity");

        Assert.Equal("FORBIDDEN", (await foreign.SubscribeAsync()).Refusal!.Code);
        Assert.False(foreign.IsSubscribed);
        Assert.Equal("FORBIDDEN", (await foreign.PublishAsync("said", JsonSerializer.SerializeToElement(1))).Refusal!.Code);
        Assert.Equal("BAD_REQUEST", (await ann.Channel("news").PublishAsync("", JsonSerializer.SerializeToElement(1))).Refusal!.Code);
        Assert.Equal("NOT_SUBSCRIBED", (await ann.Channel("stage:one").Presence.EnterAsync())!.Code);
        Assert.Equal(ConnectionState.Live, ann.State);
    }

    [Fact]
    public async Task Should_give_up_the_wait_that_the_caller_cancels()
    {
        await using var proxy = FaultProxy.Before(server.Server.Address);
        await using var ann = await server.ConnectLiveAsync(via: proxy.Address);
        proxy.Cut();
        using var cancelled = new CancellationTokenSource();

        var publishing = ann.Channel("news").PublishAsync("said", JsonSerializer.SerializeToElement(1), cancellationToken: cancelled.Token);
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publishing);
    }

    private static async Task PublishAsync(Channel channel, int from, int to)
    {
        for (var i = from; i <= to; i++)
            Assert.Null((await channel.PublishAsync("said", JsonSerializer.SerializeToElement(i))).Refusal);
    }

    private static Heard<WhatsSound.Client.Publication> Listen(Channel channel)
    {
        var heard = new Heard<WhatsSound.Client.Publication>();
        channel.Published += heard.Add;
        return heard;
    }

    private static Heard<ChannelVerdict> Verdicts(Channel channel)
    {
        var heard = new Heard<ChannelVerdict>();
        channel.Attached += heard.Add;
        return heard;
    }
}
