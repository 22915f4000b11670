namespace WhatsSound.Tests.Doors.Contract;

/// <summary>A request that is wrong is refused, and its connection lives; a message that is no request ends it where the door cannot tell whose answer it would be. Nobody else notices.</summary>
public sealed class When_a_request_is_odd(DoorServer server)
{
    private const string Text = "a text of bytes that are none";

    public static TheoryData<Door> EveryDoor => Doors.All;

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_refused_where_it_is_unknown(Door door)
    {
        await using var client = await door.ConnectAsUserAsync(server);

        Assert.Equal("UNKNOWN_METHOD", await client.CodeAsync("NoSuchRequest", new { }));

        await client.DoAsync("Time", new { t1Us = 1 });
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_refused_where_it_is_too_large(Door door)
    {
        await using var client = await door.ConnectAsUserAsync(server);

        Assert.Equal("PAYLOAD_TOO_LARGE", await client.CodeAsync("Publish", new { channel = server.NewName("news"), id = "1", data = new string('x', 100_000) }));

        await client.DoAsync("Time", new { t1Us = 1 });
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_refused_where_data_is_too_deep(Door door)
    {
        await using var client = await door.ConnectAsUserAsync(server);
        object data = 1;
        for (var depth = 0; depth < 40; depth++)
            data = new[] { data };

        Assert.Equal("BAD_REQUEST", await client.CodeAsync("Publish", new { channel = server.NewName("news"), id = "1", data }));

        await client.DoAsync("Time", new { t1Us = 1 });
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_refused_where_a_field_is_wrong(Door door)
    {
        await using var client = await door.ConnectAsUserAsync(server);

        Assert.Equal("BAD_REQUEST", await client.CodeAsync("Subscribe", new { channel = 5 }));
        Assert.Equal("BAD_REQUEST", await client.CodeAsync("Subscribe", new { }));

        await client.DoAsync("Time", new { t1Us = 1 });
    }

    /// <summary>A WebSocket's text that is not UTF-8 ends it, by its own protocol; in bytes it is a field like any that is wrong.</summary>
    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_refused_or_end_where_it_is_not_utf_8(Door door)
    {
        await using var other = await door.ConnectAsUserAsync(server);
        await using var client = await door.ConnectAsUserAsync(server);
        await client.DoAsync("Time", new { t1Us = 1 });

        var request = await client.SendWithAsync("Publish", new { channel = server.NewName("news"), id = "1", data = Text }, Text, [0xc3, 0x28, 0xff]);

        if (door is Door.SignalRWebSocket or Door.Plain)
        {
            await client.Ended;
        }
        else
        {
            Assert.Equal("BAD_REQUEST", (await client.AnswerAsync(request)).Code);
            await client.DoAsync("Time", new { t1Us = 1 });
        }

        Assert.DoesNotContain(client.Arrivals, static arrival => arrival is Arrival.Answer { Code: "INTERNAL" });
        await other.DoAsync("Time", new { t1Us = 1 });
    }
}
