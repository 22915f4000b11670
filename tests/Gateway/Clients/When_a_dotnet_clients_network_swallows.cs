using System.Text.RegularExpressions;
using WhatsSound.Client;

namespace WhatsSound.Tests.Gateway.Clients;

/// <summary>Each step of connecting hangs, for as long as the network swallows it. Time passes five times as fast for the client: its limits of 10 s are 2 s here.</summary>
public sealed partial class When_a_dotnet_clients_network_swallows(ClientServer server) : IClassFixture<ClientServer>
{
    private const int Factor = 5;
    private static readonly TimeSpan Back = TimeSpan.FromSeconds(15) / Factor;

    /// <summary>Three attempts go directly to the WebSocket before one negotiates, where they have worked before.</summary>
    private const int AttemptsUntilNegotiation = 4;

    /// <summary>Of what the client (true) or the server sends, what is swallowed.</summary>
    private static readonly Dictionary<string, Func<bool, string, bool>> Holes = new(StringComparer.Ordinal)
    {
        ["everything"] = (_, _) => true,
        ["the negotiation"] = (isClients, text) => isClients && (Upgrade().IsMatch(text) || text.StartsWith("POST /hub/negotiate", StringComparison.Ordinal)),
        ["the upgrade"] = (isClients, text) => isClients && Upgrade().IsMatch(text),
        ["the handshake"] = (isClients, text) => !isClients && text.Contains("{}\u001e", StringComparison.Ordinal),
        ["the answer to Authenticate"] = (isClients, text) => !isClients && text.Contains("\"expiresAtMs\"", StringComparison.Ordinal),
        ["the answer to JoinRoom"] = (isClients, text) => !isClients && text.Contains("\"recoveries\"", StringComparison.Ordinal),
    };

    public static TheoryData<string> Names => [.. Holes.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_be_live_again_within_15_s_of_its_return(string hole)
    {
        await using var proxy = FaultProxy.Before(server.Server.Address);
        await using var bob = await server.ConnectLiveAsync(via: proxy.Address, time: new FasterTime(Factor));
        await InRoomAsync(bob);
        var states = new Heard<ConnectionState>();
        bob.StateChanged += states.Add;

        proxy.Swallow(Holes[hole]);
        proxy.Kill();
        await proxy.Swallowed.UntilAsync(all => all.Count >= (hole == "the negotiation" ? AttemptsUntilNegotiation : 2));
        proxy.Restore();
        await states.UntilAsync(all => all is [.., ConnectionState.Live]).WaitAsync(Back);

        await bob.StopAsync();
        await proxy.Open.UntilAsync(_ => proxy.OpenCount == 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_stop_all_the_same_and_leave_nothing(string hole)
    {
        await using var proxy = FaultProxy.Before(server.Server.Address);
        var time = new FasterTime(1);
        await using var bob = await server.ConnectLiveAsync(via: proxy.Address, time: time);
        await InRoomAsync(bob);

        proxy.Swallow(Holes[hole]);
        proxy.Kill();
        await proxy.Swallowed.UntilAsync(all => all.Count >= 1);
        await bob.StopAsync();
        await proxy.Open.UntilAsync(_ => proxy.OpenCount == 0);
        await Eventually.BecomesTrueAsync(() => time.Timers == 0);

        Assert.Equal(ConnectionState.Closed, bob.State);
        Assert.Equal("CLOSED", (await bob.StartAsync()).Refusal!.Code);
    }

    [Fact]
    public async Task Should_come_in_by_another_transport_where_websockets_are_swallowed()
    {
        await using var proxy = FaultProxy.Before(server.Server.Address);
        proxy.Swallow((isClients, text) => isClients && (Upgrade().IsMatch(text) || text.Contains("text/event-stream", StringComparison.OrdinalIgnoreCase)));
        await using var bob = server.Connect(via: proxy.Address, time: new FasterTime(Factor));

        Assert.Null((await bob.StartAsync()).Refusal);
        await InRoomAsync(bob);
    }

    [Fact]
    public async Task Should_ask_for_another_token_where_one_never_comes()
    {
        var asked = new Heard<CancellationToken>();
        await using var bob = server.Connect(time: new FasterTime(Factor), token: async cancellationToken =>
        {
            asked.Add(cancellationToken);
            if (asked.All.Count == 1)
                await Task.Delay(Timeout.Infinite, CancellationToken.None);
            return server.Server.TokenOf("bob");
        });

        Assert.Equal("bob", (await bob.StartAsync()).Value.UserId);
        Assert.True(asked.All[0].IsCancellationRequested);
    }

    [Fact]
    public async Task Should_be_live_again_within_15_s_when_tokens_come_again_and_stop_where_they_do_not()
    {
        var isSwallowed = false;
        var asked = new Heard<int>();
        await using var proxy = FaultProxy.Before(server.Server.Address);
        var time = new FasterTime(Factor);
        await using var bob = server.Connect(via: proxy.Address, time: time, token: async cancellationToken =>
        {
            asked.Add(1);
            if (Volatile.Read(ref isSwallowed))
                await Task.Delay(Timeout.Infinite, cancellationToken);
            return server.Server.TokenOf("bob");
        });
        var states = new Heard<ConnectionState>();
        bob.StateChanged += states.Add;
        Assert.Null((await bob.StartAsync()).Refusal);
        await InRoomAsync(bob);

        Volatile.Write(ref isSwallowed, true);
        proxy.Kill();
        await asked.UntilAsync(all => all.Count >= 3);
        Volatile.Write(ref isSwallowed, false);
        await states.UntilAsync(all => all is [.., ConnectionState.Reconnecting, ConnectionState.Live]).WaitAsync(Back);

        Volatile.Write(ref isSwallowed, true);
        var before = asked.All.Count;
        proxy.Kill();
        await asked.UntilAsync(all => all.Count > before);
        await bob.StopAsync();
        await proxy.Open.UntilAsync(_ => proxy.OpenCount == 0);
        await Eventually.BecomesTrueAsync(() => time.Timers == 0);
    }

    private async Task InRoomAsync(Connection connection)
    {
        var roomId = server.Server.NewName("den");
        Assert.Null((await connection.CreateRoomAsync(roomId, new WhatsSound.Client.RoomSettings("The den"))).Refusal);
        Assert.Null((await connection.Room(roomId).JoinAsync()).Refusal);
    }

    [GeneratedRegex("^GET /hub.*upgrade: websocket", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Upgrade();
}
