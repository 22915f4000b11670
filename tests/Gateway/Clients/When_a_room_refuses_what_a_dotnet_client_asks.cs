using WhatsSound.Client;

namespace WhatsSound.Tests.Gateway.Clients;

/// <summary>Each of these would be allowed a little later; whoever asked decides whether they still want it then.</summary>
public sealed class When_a_room_refuses_what_a_dotnet_client_asks(ClientServer server) : IClassFixture<ClientServer>
{
    [Fact]
    public async Task Should_say_so_at_once_who_is_muted()
    {
        await using var ann = await server.ConnectLiveAsync("ann");
        await using var bob = await server.ConnectLiveAsync("bob");
        var (host, room) = await ClientServer.MeetAsync(ann, bob);

        Assert.Null((await host.ActAsync(new MuteMember("bob", TimeSpan.FromSeconds(3), "Enough"))).Refusal);
        var refusal = (await room.SendChatAsync("can you hear me")).Refusal;

        Assert.Equal(("MUTED", "Enough", true), (refusal?.Code, refusal?.Detail, refusal?.RetryAfterMs is > 0 and <= 3_000));
    }

    [Fact]
    public async Task Should_say_so_at_once_who_says_too_much()
    {
        await using var ann = await server.ConnectLiveAsync("ann");
        await using var bob = await server.ConnectLiveAsync("bob");
        var (_, room) = await ClientServer.MeetAsync(ann, bob);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(number => room.SendChatAsync($"{number}")));

        var refused = answers.Where(answer => answer.IsRefused).Select(answer => answer.Refusal!).ToList();
        Assert.NotEmpty(refused);
        Assert.All(refused, refusal => Assert.Equal(("RATE_LIMITED", "chat"), (refusal.Code, refusal.Detail)));
    }

    [Fact]
    public async Task Should_let_nobody_back_by_itself_who_is_banned_for_a_moment()
    {
        await using var ann = await server.ConnectLiveAsync("ann");
        await using var bob = await server.ConnectLiveAsync("bob");
        var (host, room) = await ClientServer.MeetAsync(ann, bob);
        var ended = new Heard<WhatsSound.Client.Refusal>();
        room.Ended += ended.Add;

        Assert.Null((await host.ActAsync(new BanMember("bob", TimeSpan.FromSeconds(5)))).Refusal);

        Assert.Equal("BANNED", (await ended.UntilAsync(all => all.Count > 0))[0].Code);
        Assert.Equal("BANNED", (await room.JoinAsync()).Refusal?.Code);
    }
}
