using System.Text.Json;
using WhatsSound.Client;

namespace WhatsSound.Tests.Gateway.Clients;

public sealed class When_a_dotnet_client_is_present(ClientServer server) : IClassFixture<ClientServer>
{
    [Fact]
    public async Task Should_be_told_who_comes_changes_and_goes()
    {
        await using var ann = await server.ConnectLiveAsync("ann");
        await using var bob = await server.ConnectLiveAsync("bob");
        var name = $"stage:{server.Server.NewName("show")}";
        var told = await WatchAsync(ann.Channel(name));
        await bob.Channel(name).SubscribeAsync();

        Assert.Null(await bob.Channel(name).Presence.EnterAsync(JsonSerializer.SerializeToElement("good")));
        await told.UntilAsync(all => all.Contains("joined bob"));
        Assert.Null(await bob.Channel(name).Presence.EnterAsync(JsonSerializer.SerializeToElement("better")));
        await told.UntilAsync(all => all.Contains("updated bob"));
        Assert.Equal(("The bob", "better"), (ann.Channel(name).Presence.Members[^1].DisplayName, ann.Channel(name).Presence.Members[^1].Info.GetString()));
        Assert.Equal(2, ann.Channel(name).Presence.Count);
        Assert.Null(await bob.Channel(name).Presence.LeaveAsync());
        await told.UntilAsync(all => all.Contains("left bob"));

        Assert.Equal(["joined bob", "updated bob", "left bob"], told.All);
        Assert.Equal(["ann"], (await bob.Channel(name).Presence.GetAsync()).Value.Select(member => member.UserId));
    }

    [Fact]
    public async Task Should_still_be_there_after_a_cut_without_having_left()
    {
        await using var proxy = FaultProxy.Before(server.Server.Address);
        await using var ann = await server.ConnectLiveAsync("ann");
        await using var bob = await server.ConnectLiveAsync("bob", proxy.Address);
        var name = $"stage:{server.Server.NewName("show")}";
        var told = await WatchAsync(ann.Channel(name));
        var mine = await WatchAsync(bob.Channel(name));
        await told.UntilAsync(all => all.Contains("joined bob"));
        var asked = new Heard<int>();
        bob.Channel(name).Presence.Changed += presence => asked.Add(presence.Count);

        proxy.Kill();
        await asked.UntilAsync(all => all.Count > 0);
        await bob.Channel(name).Presence.LeaveAsync();
        await told.UntilAsync(all => all.Contains("left bob"));

        Assert.Equal(["joined bob", "left bob"], told.All);
        Assert.DoesNotContain("left ann", mine.All);
    }

    [Fact]
    public async Task Should_know_who_is_there_though_what_it_asked_afterwards_is_refused()
    {
        await using var ann = await server.ConnectLiveAsync("ann");
        await using var bob = await server.ConnectLiveAsync("bob");
        var name = $"stage:{server.Server.NewName("show")}";
        await bob.Channel(name).SubscribeAsync();
        await ann.Channel(name).SubscribeAsync();
        var told = new Heard<string>();
        ann.Channel(name).Presence.Joined += member => told.Add($"joined {member.UserId}");

        Assert.Equal("BAD_REQUEST", (await ann.Channel(name).Presence.EnterAsync(JsonSerializer.SerializeToElement(new string('x', 2_000))))!.Code);
        Assert.Null(await bob.Channel(name).Presence.EnterAsync());

        Assert.Equal(["joined bob"], await told.UntilAsync(all => all.Count == 1));
    }

    private static async Task<Heard<string>> WatchAsync(Channel channel)
    {
        var told = new Heard<string>();
        await channel.SubscribeAsync();
        Assert.Null(await channel.Presence.EnterAsync());
        channel.Presence.Joined += member => told.Add($"joined {member.UserId}");
        channel.Presence.Left += member => told.Add($"left {member.UserId}");
        channel.Presence.Updated += member => told.Add($"updated {member.UserId}");
        return told;
    }
}
