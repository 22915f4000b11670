using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using WhatsSound.Client;

namespace WhatsSound.Tests.Gateway.Clients;

public sealed class When_a_dotnet_client_asks_for_what_no_server_takes(ClientServer server) : IClassFixture<ClientServer>
{
    private static readonly string Large = new('y', 3_000_000);

    [Fact]
    public async Task Should_refuse_that_one_request_as_the_server_would_and_live()
    {
        await using var ann = await server.ConnectLiveAsync("ann");
        await using var bob = await server.ConnectLiveAsync("bob");
        var states = new Heard<ConnectionState>();
        ann.StateChanged += states.Add;
        var (room, _) = await ClientServer.MeetAsync(ann, bob);
        var channel = ann.Channel($"stage:{server.Server.NewName("s")}");
        await channel.SubscribeAsync();
        var track = new Track($"https://example.com/{new string('u', 400)}", "t", 1_000);

        WhatsSound.Client.Refusal?[] refusals =
        [
            (await channel.PublishTextAsync("x", Large)).Refusal,
            (await channel.PublishBytesAsync("x", new byte[60_000])).Refusal,
            (await channel.HistoryAsync(new() { Max = 1 })).Refusal,
            await channel.Presence.EnterAsync(JsonSerializer.SerializeToElement(Large)),
            (await room.SendChatAsync(Large)).Refusal,
            (await room.EnqueueAsync([.. Enumerable.Repeat(track, 200)])).Refusal,
            (await ann.Room("another").JoinAsync(JsonSerializer.SerializeToElement(Large))).Refusal,
            (await ann.FindRoomsAsync(Large)).Refusal,
        ];

        var isLarge = refusals.Where((_, i) => i != 2).ToList();
        Assert.Null(refusals[2]);
        Assert.All(isLarge, refusal => Assert.Equal(new WhatsSound.Client.Refusal("PAYLOAD_TOO_LARGE", "A request must have at most 65,536 bytes.", Detail: "65536"), refusal));
        Assert.Equal("65536", (await AskedOfTheServerAsync(70_000)).Detail);
        Assert.Empty(states.All);
    }

    [Fact]
    public async Task Should_come_back_without_it_should_the_server_end_the_connection()
    {
        await using var ann = Unbounded("ann");
        var failed = new Heard<Exception>();
        ann.Failed += failed.Add;
        Assert.Null((await ann.StartAsync()).Refusal);
        var channel = ann.Channel(server.Server.NewName("news"));

        var large = channel.PublishTextAsync("x", Large);
        var small = ann.ListRoomsAsync();

        Assert.Equal("PAYLOAD_TOO_LARGE", (await large).Refusal?.Code);
        Assert.Null((await small).Refusal);
        Assert.Null((await channel.PublishTextAsync("x", "small")).Refusal);
        Assert.Equal("PAYLOAD_TOO_LARGE", Assert.IsType<RefusedException>((await failed.UntilAsync(all => all.Count > 0))[0]).Refusal.Code);
    }

    [Fact]
    public async Task Should_refuse_data_that_is_nothing_or_no_json()
    {
        await using var ann = await server.ConnectLiveAsync();
        var channel = ann.Channel(server.Server.NewName("news"));
        var numbers = (JsonTypeInfo<double>)JsonSerializerOptions.Default.GetTypeInfo(typeof(double));

        WhatsSound.Client.Refusal?[] refusals =
        [
            (await channel.PublishAsync("x", default)).Refusal,
            (await channel.PublishAsync("x", JsonSerializer.SerializeToElement<object?>(null))).Refusal,
            (await channel.PublishTextAsync("x", null!)).Refusal,
            (await channel.PublishAsync("x", double.NaN, numbers)).Refusal,
        ];

        Assert.All(refusals, refusal => Assert.Equal(("BAD_REQUEST", "data"), (refusal?.Code, refusal?.Detail)));
        Assert.Null((await channel.PublishAsync("x", 1.5, numbers)).Refusal);
    }

    [Fact]
    public async Task Should_name_what_it_refuses_by_itself()
    {
        await using var ann = await server.ConnectLiveAsync("ann");
        var channel = ann.Channel($"stage:{server.Server.NewName("s")}");

        Assert.Equal(("NOT_SUBSCRIBED", channel.Name), Of(await channel.Presence.EnterAsync()));
        Assert.Equal(("NOT_MEMBER", "ann"), Of((await ann.Room("den").PlayAsync()).Refusal));
        await channel.SubscribeAsync();
        Assert.Equal(("BAD_REQUEST", "options"), Of((await channel.SubscribeAsync(new SubscribeOptions())).Refusal));
    }

    private static (string? Code, string? Detail) Of(WhatsSound.Client.Refusal? refusal) => (refusal?.Code, refusal?.Detail);

    /// <summary>What the server says to a request that is larger than it takes, and not so large that it ends the connection.</summary>
    private async Task<WhatsSound.Client.Refusal> AskedOfTheServerAsync(int chars)
    {
        await using var bob = Unbounded("bob");
        Assert.Null((await bob.StartAsync()).Refusal);
        var refusal = (await bob.Channel("news").PublishTextAsync("x", new string('y', chars))).Refusal!;
        Assert.Equal(new WhatsSound.Client.Refusal("PAYLOAD_TOO_LARGE", "A request must have at most 65,536 bytes.", Detail: "65536"), refusal);
        return refusal;
    }

    private Connection Unbounded(string userId) => new(new ConnectionOptions
    {
        Url = new Uri(server.Server.Address, "/hub"),
        Token = _ => Task.FromResult(server.Server.TokenOf(userId)),
        RequestBytesMax = int.MaxValue,
    });
}
