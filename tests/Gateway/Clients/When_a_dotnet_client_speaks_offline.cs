using WhatsSound.Client;

namespace WhatsSound.Tests.Gateway.Clients;

/// <summary>What was said without a connection is sent in its order once there is one, no faster than the server takes it.</summary>
public sealed class When_a_dotnet_client_speaks_offline(ClientServer server) : IClassFixture<ClientServer>
{
    private static readonly string[] Lines = [.. Enumerable.Range(0, 10).Select(static number => $"line {number}")];

    [Fact]
    public async Task Should_say_each_line_once_and_in_order()
    {
        await using var proxy = FaultProxy.Before(server.Server.Address);
        await using var ann = await server.ConnectLiveAsync("ann");
        await using var bob = await server.ConnectLiveAsync("bob", proxy.Address);
        var (host, room) = await ClientServer.MeetAsync(ann, bob);
        var heard = new Heard<RoomState>();
        host.Changed += heard.Add;

        var answers = await OfflineAsync(proxy, bob, () => Lines.Select(line => room.SendChatAsync(line)));

        Assert.All(answers, static answer => Assert.Null(answer.Refusal));
        Assert.Equal(Lines, (await heard.UntilAsync(static all => all is [.., { Chat.Count: 10 }]))[^1].Chat.Select(static line => line.Text));
    }

    [Fact]
    public async Task Should_wait_where_the_room_is_slow_and_be_told_of_what_is_refused_for_good()
    {
        await using var proxy = FaultProxy.Before(server.Server.Address);
        await using var ann = await server.ConnectLiveAsync("ann");
        await using var bob = await server.ConnectLiveAsync("bob", proxy.Address);
        var (host, room) = await ClientServer.MeetAsync(ann, bob);
        Assert.Null((await host.ActAsync(new UpdateSettings { SlowModeSeconds = 1 })).Refusal);
        var heard = new Heard<RoomState>();
        host.Changed += heard.Add;

        var answers = await OfflineAsync(proxy, bob, () => ((string[])["first", "", "second"]).Select(line => room.SendChatAsync(line)));

        Assert.Equal([null, "MESSAGE_EMPTY", null], answers.Select(static answer => answer.Refusal?.Code));
        Assert.Equal(["first", "second"], (await heard.UntilAsync(static all => all is [.., { Chat.Count: 2 }]))[^1].Chat.Select(static line => line.Text));
    }

    private static async Task<WhatsSound.Client.Answer<WhatsSound.Client.RoomReceipt>[]> OfflineAsync(
        FaultProxy proxy, Connection connection, Func<IEnumerable<Task<WhatsSound.Client.Answer<WhatsSound.Client.RoomReceipt>>>> speak)
    {
        var states = new Heard<ConnectionState>();
        connection.StateChanged += states.Add;
        proxy.Cut();
        await states.UntilAsync(static all => all is [.., ConnectionState.Reconnecting]);
        var speaking = speak().ToList();
        proxy.Restore();
        return await Task.WhenAll(speaking);
    }
}
