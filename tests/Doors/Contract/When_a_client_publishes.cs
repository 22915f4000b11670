using System.Text.Json;

namespace WhatsSound.Tests.Doors.Contract;

public sealed class When_a_client_publishes(DoorServer server)
{
    public static TheoryData<Door> EveryDoor => Doors.All;

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_told_the_offset_that_everybody_gets_it_by(Door door)
    {
        var (channel, user) = (server.NewName("news"), server.NewName("user"));
        await using var publisher = await door.ConnectAsUserAsync(server, user);
        await using var listener = await door.ConnectAsUserAsync(server);
        await publisher.DoAsync("Subscribe", new { channel });
        await listener.DoAsync("Subscribe", new { channel });

        var offset = (await publisher.DoAsync("Publish", new { channel, id = "1", @event = "said", data = new { text = "hello" } })).Offset;

        foreach (var client in (DoorClient[])[publisher, listener])
        {
            await client.DeliveredAsync(channel, offset);
            var publication = client.FramesOf(channel).Single().Publications[0];
            Assert.Equal(offset, publication.GetProperty("offset").GetInt64());
            Assert.Equal(user, publication.GetProperty("publisher").GetString());
            Assert.Equal("""{"text":"hello"}""", publication.GetProperty("data").GetRawText());
        }
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_acknowledged_only_once_it_can_be_recovered(Door door)
    {
        var channel = server.NewName("news");
        await using var publisher = await door.ConnectAsUserAsync(server);
        await using var reader = await door.ConnectAsUserAsync(server);
        var since = (await publisher.DoAsync("Subscribe", new { channel })).Result.GetProperty("position");

        var acknowledged = await publisher.DoAsync("Publish", new { channel, id = "1", @event = "did", data = 1 });
        var recovery = await reader.DoAsync("Subscribe", new { channel, since });
        // An answer goes as far as the gateway has come, which may be behind what was acknowledged: the rest follows it.
        if (recovery.Offset < acknowledged.Offset)
            await reader.DeliveredAsync(channel, acknowledged.Offset);

        Assert.Equal([acknowledged.Offset], [.. recovery.Offsets, .. reader.OffsetsOf(channel)]);
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_have_one_effect_by_one_id_on_whatever_connection(Door door)
    {
        var (channel, user) = (server.NewName("news"), server.NewName("user"));
        await using var listener = await door.ConnectAsUserAsync(server);
        await listener.DoAsync("Subscribe", new { channel });
        await using var first = await door.ConnectAsUserAsync(server, user);
        await using var second = await door.ConnectAsUserAsync(server, user);
        var request = new { channel, id = "the-same", @event = "said", data = "once" };

        var offsets = new[]
        {
            (await first.DoAsync("Publish", request)).Offset,
            (await first.DoAsync("Publish", request)).Offset,
            (await second.DoAsync("Publish", request)).Offset,
        };
        var last = await server.PublishAsync(channel);
        await listener.DeliveredAsync(channel, last.Offset);

        Assert.Equal([1L, 1, 1], offsets);
        Assert.Equal([1L, 2], listener.OffsetsOf(channel));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_refused_what_is_too_large_and_go_on(Door door)
    {
        var channel = server.NewName("news");
        await using var client = await door.ConnectAsUserAsync(server);

        Assert.Equal("PAYLOAD_TOO_LARGE", await client.CodeAsync("Publish", new { channel, id = "1", @event = "said", data = new string('x', 70_000) }));

        await client.DoAsync("Publish", new { channel, id = "1", @event = "said", data = "small" });
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_refused_what_nests_too_deep_and_go_on(Door door)
    {
        var channel = server.NewName("news");
        await using var client = await door.ConnectAsUserAsync(server);
        await client.DoAsync("Subscribe", new { channel });

        Assert.Equal("BAD_REQUEST", await client.CodeAsync("Publish", new { channel, id = "1", @event = "said", data = Nested(33) }));
        var offset = (await client.DoAsync("Publish", new { channel, id = "2", @event = "said", data = Nested(32) })).Offset;
        await client.DeliveredAsync(channel, offset);

        Assert.Equal([1L], client.OffsetsOf(channel));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_refused_names_that_some_client_cannot_read(Door door)
    {
        var (channel, roomId) = (server.NewName("news"), server.NewName("room"));
        await using var client = await door.ConnectAsUserAsync(server);
        await client.DoAsync("CreateRoom", new { roomId, commandId = "1", name = "A room" });
        foreach (var odd in (JsonElement[])[Json("""{"__proto__":"1"}"""), Json("""{"\u005f_proto__":"1"}"""), Json("""{"a":"1","a":"2"}"""), Json("""{"a":"1","\u0061":"2"}""")])
        {
            await AssertRefusedAsync(client, "data", "Publish", new { channel, id = "1", data = new object[] { new { deep = odd } } });
            await AssertRefusedAsync(client, "extras", "Publish", new { channel, id = "1", data = 1, extras = odd });
            await AssertRefusedAsync(client, "headers", "Publish", new { channel, id = "1", data = 1, headers = odd });
            await AssertRefusedAsync(client, "info", "EnterPresence", new { channel, info = odd });
            await AssertRefusedAsync(client, "info", "JoinRoom", new { roomId, commandId = "2", info = odd });
        }

        await client.DoAsync("Publish", new { channel, id = "1", data = "__proto__", extras = new { a = new { a = 1 }, b = new { a = 1 } } });
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_refused_an_encoding_of_another_type(Door door)
    {
        var channel = server.NewName("news");
        await using var client = await door.ConnectAsUserAsync(server);

        foreach (var encoding in (object[])[5, true, new object[] { "text" }, new { text = 1 }, "", "json"])
            await AssertRefusedAsync(client, "encoding", "Publish", new { channel, id = "1", data = "x", encoding });
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_refused_beyond_its_rate_with_a_time(Door door)
    {
        var channel = server.NewName("news");
        await using var client = await door.ConnectAsUserAsync(server);

        var requests = new List<long>();
        for (var i = 0; i < 190; i++)
            requests.Add(await client.SendAsync("Publish", new { channel, id = $"{i}", @event = "said", data = i }));
        var codes = new List<string>();
        foreach (var request in requests)
            codes.Add((await client.AnswerAsync(request)).Code);

        Assert.Contains("RATE_LIMITED", codes);
        Assert.Subset(new HashSet<string>(["", "RATE_LIMITED"]), codes.ToHashSet());
    }

    private static async Task AssertRefusedAsync(DoorClient client, string field, string request, object fields)
    {
        var answer = await client.CallAsync(request, fields);
        Assert.Equal(("BAD_REQUEST", field), (answer.Code, answer.Detail));
    }

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static System.Text.Json.Nodes.JsonNode Nested(int depth)
    {
        System.Text.Json.Nodes.JsonNode node = 1;
        for (var i = 0; i < depth; i++)
            node = new System.Text.Json.Nodes.JsonArray(node);
        return node;
    }
}
