using System.Text.Json;
using WhatsSound.Client;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Clients;

/// <summary>A connection may join two rooms at once here, so of three rooms one refuses at each new connection, and what is beneath it too.</summary>
public sealed class When_a_dotnet_client_is_in_channels_beneath_rooms : IAsyncLifetime
{
    private RunningServer _server = null!;
    private Connection _ann = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await RunningServer.StartAsync(
            "--Sessions:SnapshotBurstMax", "2", "--Sessions:SnapshotsPerSecondMax", "1", "--Channels:Rules:0:Pattern", "room:*:lobby");
        _ann = new Connection(new ConnectionOptions { Url = new Uri(_server.Address, "/hub"), Token = _ => Task.FromResult(_server.TokenOf("ann")) });
        Assert.Null((await _ann.StartAsync()).Refusal);
    }

    public async ValueTask DisposeAsync()
    {
        await _ann.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Should_go_on_in_each_once_its_room_is_joined_again()
    {
        string[] roomIds = ["den", "attic", "cellar"];
        var lobbies = new List<Lobby>();
        foreach (var roomId in roomIds)
            lobbies.Add(await SubscribedAsync(roomId));
        var failures = new Heard<Exception>();
        _ann.Failed += failures.Add;
        foreach (var lobby in lobbies)
            lobby.Verdicts.Forget();

        _ann.Reconnect();

        foreach (var lobby in lobbies)
        {
            await lobby.Verdicts.UntilAsync(all => all.Count == 1);
            await lobby.SayAsync("hello");
        }

        Assert.Equal("RATE_LIMITED", Assert.IsType<RefusedException>(failures.All[0]).Refusal.Code);
        Assert.All(lobbies, lobby => Assert.Empty(lobby.Ended.All));
    }

    [Fact]
    public async Task Should_be_told_that_a_channel_has_ended_with_the_stay()
    {
        var lobby = await SubscribedAsync("loft");

        Assert.Null(await _ann.Room("loft").LeaveAsync());

        await lobby.Ended.UntilAsync(all => all is [{ Code: "NOT_MEMBER" }]);
        Assert.False(lobby.Channel.IsSubscribed);
    }

    [Fact]
    public async Task Should_go_on_where_the_room_is_left_and_joined_again()
    {
        var lobby = await SubscribedAsync("barn");
        lobby.Verdicts.Forget();

        var leaving = _ann.Room("barn").LeaveAsync();
        var joining = _ann.Room("barn").JoinAsync();
        Assert.Null(await leaving);
        Assert.Null((await joining).Refusal);

        await lobby.Verdicts.UntilAsync(all => all.Count == 1);
        await lobby.SayAsync("hello");
        Assert.Empty(lobby.Ended.All);
    }

    [Fact]
    public async Task Should_be_subscribed_once_the_room_that_is_being_joined_is()
    {
        foreach (var roomId in new[] { "one", "two", "three" })
            Assert.Null((await _ann.CreateRoomAsync(roomId, new WhatsSound.Client.RoomSettings(roomId))).Refusal);
        var joining = new[] { "one", "two", "three" }.Select(roomId => _ann.Room(roomId).JoinAsync()).ToArray();
        var lobby = new Lobby(_ann.Channel("room:three:lobby"));

        Assert.Null((await lobby.Channel.SubscribeAsync()).Refusal);

        Assert.All(await Task.WhenAll(joining), joined => Assert.Null(joined.Refusal));
        await lobby.SayAsync("hello");
    }

    private async Task<Lobby> SubscribedAsync(string roomId)
    {
        Assert.Null((await _ann.CreateRoomAsync(roomId, new WhatsSound.Client.RoomSettings(roomId))).Refusal);
        Assert.Null((await _ann.Room(roomId).JoinAsync()).Refusal);
        var lobby = new Lobby(_ann.Channel($"room:{roomId}:lobby"));
        Assert.Null((await lobby.Channel.SubscribeAsync()).Refusal);
        return lobby;
    }

    private sealed class Lobby
    {
        public Lobby(Channel channel)
        {
            Channel = channel;
            channel.Published += publication => Texts.Add(publication.Data.GetString()!);
            channel.Attached += Verdicts.Add;
            channel.Ended += Ended.Add;
        }

        public Channel Channel { get; }

        public Heard<string> Texts { get; } = new();

        public Heard<ChannelVerdict> Verdicts { get; } = new();

        public Heard<WhatsSound.Client.Refusal> Ended { get; } = new();

        public async Task SayAsync(string text)
        {
            Assert.Null((await Channel.PublishAsync("said", JsonSerializer.SerializeToElement(text))).Refusal);
            await Texts.UntilAsync(all => all.Contains(text));
        }
    }
}
