using System.Text.Json;

namespace WhatsSound.Tests.Gateway.Sockets;

public sealed class When_a_client_publishes(RunningServer server)
{
    [Fact]
    public async Task Should_reach_every_subscriber_with_the_bytes_it_sent()
    {
        var channel = server.NewName("news");
        await using var ada = await server.ConnectRawAsync("ada");
        await using var bob = await server.ConnectAsync();
        var from = await bob.ResultAsync("Subscribe", new { channel });
        Assert.Equal("live", from.GetProperty("verdict").GetString());

        var answer = await ada.CallRawAsync("Publish", $$"""[{"channel":"{{channel}}","id":"1","event":"said","data":{"z": 1.50,  "a":"\u00e9<>"} }]""");

        Assert.Equal("", HubAnswers.CodeOf(answer));
        var publication = (await bob.FrameAsync(channel)).GetProperty("publications")[0];
        Assert.Equal("""{"z": 1.50,  "a":"\u00e9<>"}""", publication.GetProperty("data").GetRawText());
        Assert.Equal("ada", publication.GetProperty("publisher").GetString());
        Assert.Equal(answer.GetProperty("result").GetProperty("position").GetProperty("offset").GetInt64(), publication.GetProperty("offset").GetInt64());
    }

    [Fact]
    public async Task Should_get_the_same_answer_to_the_same_id()
    {
        var channel = server.NewName("news");
        await using var ada = await server.ConnectAsync("ada");
        var request = new { channel, id = "once", @event = "said", data = 1 };

        var first = await ada.ResultAsync("Publish", request);
        await using var again = await server.ConnectAsync("ada");
        var second = await again.ResultAsync("Publish", request);

        Assert.Equal(first.GetRawText(), second.GetRawText());
    }

    [Fact]
    public async Task Should_be_in_one_order_for_all_when_many_publish_at_once()
    {
        const int publishers = 4, each = 40;
        var channel = server.NewName("news");
        await using var first = await server.ConnectAsync();
        await using var second = await server.ConnectAsync();
        await first.ResultAsync("Subscribe", new { channel });
        await second.ResultAsync("Subscribe", new { channel });

        await Task.WhenAll(Enumerable.Range(0, publishers).Select(async publisher =>
        {
            await using var client = await server.ConnectAsync();
            for (var i = 0; i < each; i++)
                await client.ResultAsync("Publish", new { channel, id = $"{publisher}-{i}", @event = "said", data = i });
        }));

        var seenByFirst = Describe(await first.PublicationsAsync(channel, publishers * each));
        var seenBySecond = Describe(await second.PublicationsAsync(channel, publishers * each));
        Assert.Equal(Enumerable.Range(1, publishers * each).Select(offset => (long)offset), seenByFirst.Select(one => one.Offset));
        Assert.Equal(seenByFirst, seenBySecond);
        for (var publisher = 0; publisher < publishers; publisher++)
            Assert.Equal(Enumerable.Range(0, each), seenByFirst.Where(one => one.Id.StartsWith($"{publisher}-", StringComparison.Ordinal)).Select(one => one.Data));
    }

    [Fact]
    public async Task Should_be_refused_where_only_the_server_publishes()
    {
        await using var ada = await server.ConnectAsync();

        Assert.Equal("FORBIDDEN", await ada.CodeAsync("Publish", new { channel = "room:any:chat", id = "1", @event = "chat", data = 1 }));
    }

    [Fact]
    public async Task Should_be_told_to_slow_down()
    {
        var channel = server.NewName("news");
        await using var ada = await server.ConnectAsync();

        var codes = await Task.WhenAll(Enumerable.Range(0, 190).Select(i => ada.CodeAsync("Publish", new { channel, id = $"{i}", @event = "said", data = i })));

        Assert.Contains("RATE_LIMITED", codes);
        Assert.DoesNotContain(codes, code => code is not ("" or "RATE_LIMITED"));
    }

    private static List<(long Offset, string Id, int Data)> Describe(List<JsonElement> publications) =>
        [.. publications.Select(one => (one.GetProperty("offset").GetInt64(), one.GetProperty("id").GetString()!, one.GetProperty("data").GetInt32()))];
}
