using System.Text.Json;
using WhatsSound.Client;

namespace WhatsSound.Tests.Gateway.Clients;

public sealed class When_a_dotnet_client_chooses_what_it_gets(ClientServer server) : IClassFixture<ClientServer>
{
    private static readonly Dictionary<string, string> English = new(StringComparer.Ordinal) { ["lang"] = "en" };

    [Fact]
    public async Task Should_get_text_bytes_headers_and_extras_as_they_were_published()
    {
        await using var ann = await server.ConnectLiveAsync();
        var channel = ann.Channel(server.Server.NewName("news"));
        var heard = Listen(channel);
        await channel.SubscribeAsync();
        var extras = JsonSerializer.SerializeToElement(new { push = new { title = "hi" } });

        await channel.PublishTextAsync("note", "as \u00fct is", new PublishOptions { Headers = English, Extras = extras });
        await channel.PublishBytesAsync(null, new byte[] { 0, 255 });
        await channel.PublishAsync(null, JsonSerializer.SerializeToElement("json"));

        var all = await heard.UntilAsync(all => all.Count == 3);
        Assert.Equal(["as \u00fct is", null, null], all.Select(one => one.ReadText()));
        Assert.Equal([null, "00FF", null], all.Select(one => one.ReadBytes() is { } bytes ? Convert.ToHexString(bytes) : null));
        Assert.Equal(["note", null, null], all.Select(one => one.Event));
        Assert.Equal(("en", null, "hi"), (all[0].Header("lang"), all[0].Header("to"), all[0].Extras!.Value.GetProperty("push").GetProperty("title").GetString()));
    }

    [Fact]
    public async Task Should_get_only_what_it_asked_for_also_after_a_cut()
    {
        await using var proxy = FaultProxy.Before(server.Server.Address);
        await using var ann = await server.ConnectLiveAsync(via: proxy.Address);
        await using var bob = await server.ConnectLiveAsync(via: proxy.Address);
        await using var eve = await server.ConnectLiveAsync(via: proxy.Address);
        var name = $"stage:{server.Server.NewName("show")}";
        var (others, shown, english) = (Listen(ann.Channel(name)), Listen(bob.Channel(name)), Listen(eve.Channel(name)));
        await ann.Channel(name).SubscribeAsync(new SubscribeOptions { Echo = false });
        await bob.Channel(name).SubscribeAsync(new SubscribeOptions { Events = ["shown"] });
        await eve.Channel(name).SubscribeAsync(new SubscribeOptions { Headers = English });
        await using var dan = await server.ConnectLiveAsync(via: proxy.Address);
        var unseen = Listen(dan.Channel(name));
        await dan.Channel(name).SubscribeAsync(new SubscribeOptions { Presence = false });
        Assert.Null(await bob.Channel(name).Presence.EnterAsync());

        for (var round = 1; round <= 2; round++)
        {
            await PublishAsync(ann, name, "said", $"one {round}", English);
            await PublishAsync(ann, name, "shown", $"two {round}");
            await PublishAsync(bob, name, "shown", $"three {round}");
            if (round == 1)
                proxy.Kill();
        }

        Assert.Equal(["three 1", "three 2"], Texts(await others.UntilAsync(all => all.Count(one => one.Event == "shown") == 2)));
        Assert.Equal(["two 1", "three 1", "two 2", "three 2"], Texts(await shown.UntilAsync(all => all.Count == 4)));
        Assert.Equal(["one 1", "one 2"], Texts(await english.UntilAsync(all => all.Count == 2)));
        Assert.Equal(["one 1", "two 1", "three 1", "one 2", "two 2", "three 2"], Texts(await unseen.UntilAsync(all => all.Count == 6)));
        Assert.Equal(1, bob.Channel(name).Presence.Count);
    }

    [Theory]
    [InlineData("null")]
    [InlineData("-1e308")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"not base64!\"")]
    [InlineData("[[[]]]")]
    [InlineData("{\"__proto__\":{},\"\\ud800\":\"\\udc00\"}")]
    public void Should_read_whatever_others_publish_without_throwing(string json)
    {
        var odd = JsonElement.Parse(json);
        foreach (var encoding in new[] { null, "text", "base64", "other" })
        {
            var publication = new Publication(1, "id", 0, odd, Encoding: encoding, Headers: odd, Extras: odd);
            Assert.Null(publication.ReadBytes());
            Assert.Equal(encoding == "text" && json.Contains("base64", StringComparison.Ordinal) ? "not base64!" : null, publication.ReadText());
            Assert.Null(publication.Header("lang"));
            Assert.Null(publication.Read(ClientJson.Default.ChatMessage));
        }

        var member = new PresenceMember("ann", odd);
        Assert.True(member.LooksLike(new PresenceMember("ann", JsonElement.Parse(json))));
        Assert.False(member.LooksLike(new PresenceMember("ann", JsonElement.Parse("5"))));
    }

    private static async Task PublishAsync(Connection by, string channel, string name, string text, Dictionary<string, string>? headers = null) =>
        Assert.Null((await by.Channel(channel).PublishTextAsync(name, text, new PublishOptions { Headers = headers })).Refusal);

    private static Heard<Publication> Listen(Channel channel)
    {
        var heard = new Heard<Publication>();
        channel.Published += heard.Add;
        return heard;
    }

    private static IEnumerable<string?> Texts(IEnumerable<Publication> publications) =>
        publications.Where(one => one.Event is "said" or "shown").Select(one => one.ReadText());
}
