using System.Text.Json;
using WhatsSound.Client;

namespace WhatsSound.Tests.Gateway.Clients;

public sealed class When_a_dotnet_client_reads_what_was_before(ClientServer server) : IClassFixture<ClientServer>
{
    [Fact]
    public async Task Should_have_a_page_without_being_subscribed()
    {
        await using var ann = await server.ConnectLiveAsync();
        var channel = ann.Channel(server.Server.NewName("news"));
        var heard = Listen(channel);
        await PublishAsync(channel, 1, 5);

        var newest = await channel.HistoryAsync(new() { Max = 2 });
        Assert.Equal([4, 5], Numbers(newest.Value));
        Assert.Equal((4, 5, true), (newest.Value.Next, newest.Value.Position.Offset, newest.Value.IsComplete));
        Assert.Equal([1, 2], Numbers((await channel.HistoryAsync(new() { IsForward = true, Max = 2 })).Value));
        Assert.Equal([3, 4], Numbers((await channel.HistoryAsync(new() { After = 2, Before = 5 })).Value));
        Assert.Empty((await channel.HistoryAsync(new() { Events = ["no such"] })).Value.Publications);
        var all = (await channel.HistoryAsync()).Value;
        Assert.Equal([1, 2, 3, 4, 5], Numbers(all));
        var third = DateTimeOffset.FromUnixTimeMilliseconds(all.Publications[2].TimeMs);
        var (older, newer) = (await channel.HistoryAsync(new() { To = third }), await channel.HistoryAsync(new() { From = third }));
        Assert.Equal([1, 2, 3, 4, 5], Numbers(older.Value).Concat(Numbers(newer.Value)));
        Assert.Contains(3, Numbers(newer.Value));

        Assert.False(channel.IsSubscribed);
        Assert.Empty(heard.All);
    }

    [Fact]
    public async Task Should_have_everything_once_with_what_it_hears()
    {
        await using var ann = await server.ConnectLiveAsync();
        await using var bob = await server.ConnectLiveAsync();
        var channel = ann.Channel(server.Server.NewName("news"));
        var heard = Listen(channel);
        await PublishAsync(channel, 1, 20);
        var attached = (await channel.SubscribeAsync()).Value.Position.Offset;

        var publishing = PublishAsync(bob.Channel(channel.Name), 21, 40);
        var read = new List<int>();
        await foreach (var page in channel.HistoryPagesAsync(new() { Before = attached + 1, Max = 6 }))
            read.InsertRange(0, Numbers(page.Value));
        await publishing;
        await heard.UntilAsync(all => all.Count >= 20);

        Assert.Equal(Enumerable.Range(1, 40), [.. read, .. heard.All]);
    }

    [Fact]
    public async Task Should_go_forward_until_there_is_no_more()
    {
        await using var ann = await server.ConnectLiveAsync();
        var channel = ann.Channel(server.Server.NewName("news"));
        await PublishAsync(channel, 1, 7);

        var pages = new List<HistoryPage>();
        await foreach (var page in channel.HistoryPagesAsync(new() { IsForward = true, Max = 3 }))
            pages.Add(page.Value);

        Assert.Equal(Enumerable.Range(1, 7), pages.SelectMany(Numbers));
        Assert.Equal([3L, 6, null], pages.Select(page => page.Next));
    }

    [Fact]
    public async Task Should_be_told_why_not()
    {
        await using var ann = await server.ConnectLiveAsync("ann");
        Assert.Equal("FORBIDDEN", (await ann.Channel("user:bob:notifications").HistoryAsync()).Refusal!.Code);
        Assert.Equal("BAD_REQUEST", (await ann.Channel("news").HistoryAsync(new() { Max = 0 })).Refusal!.Code);
        var pages = new List<Client.Answer<HistoryPage>>();
        await foreach (var page in ann.Channel("user:bob:notifications").HistoryPagesAsync())
            pages.Add(page);
        Assert.Equal("FORBIDDEN", Assert.Single(pages).Refusal!.Code);
        await ann.StopAsync();
        Assert.Equal("CLOSED", (await ann.Channel("news").HistoryAsync()).Refusal!.Code);
    }

    private static Heard<int> Listen(Channel channel)
    {
        var heard = new Heard<int>();
        channel.Published += publication => heard.Add(publication.Data.GetInt32());
        return heard;
    }

    private static IEnumerable<int> Numbers(HistoryPage page) => page.Publications.Select(publication => publication.Data.GetInt32());

    private static async Task PublishAsync(Channel channel, int from, int to)
    {
        for (var i = from; i <= to; i++)
            Assert.Null((await channel.PublishAsync("said", JsonSerializer.SerializeToElement(i))).Refusal);
    }
}
