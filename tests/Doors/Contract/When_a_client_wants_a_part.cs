namespace WhatsSound.Tests.Doors.Contract;

public sealed class When_a_client_wants_a_part(DoorServer server)
{
    public static TheoryData<Door> EveryDoor => Doors.All;

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_get_no_echo_where_it_wants_none(Door door)
    {
        var (channel, user) = (server.NewName("news"), server.NewName("user"));
        await using var quiet = await door.ConnectAsUserAsync(server, user);
        await using var otherTab = await door.ConnectAsUserAsync(server, user);
        var begin = await quiet.DoAsync("Subscribe", new { channel, echo = false });
        await otherTab.DoAsync("Subscribe", new { channel });

        await PublishAsync(quiet, channel, "1");
        await PublishAsync(otherTab, channel, "2");
        await quiet.DeliveredAsync(channel, 2);
        await otherTab.DeliveredAsync(channel, 2);

        Assert.Equal([2L], quiet.OffsetsOf(channel));
        Assert.Equal([1L, 2], otherTab.OffsetsOf(channel));
        AssertWhole(quiet, channel, begin.Offset);
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_get_the_events_and_headers_that_it_wants(Door door)
    {
        var channel = server.NewName("news");
        await using var publisher = await door.ConnectAsUserAsync(server);
        await using var byEvent = await door.ConnectAsUserAsync(server);
        await using var byHeader = await door.ConnectAsUserAsync(server);
        await byEvent.DoAsync("Subscribe", new { channel, events = new[] { "goal", "end" } });
        await byHeader.DoAsync("Subscribe", new { channel, headers = new { lang = "de" } });

        await publisher.DoAsync("Publish", new { channel, id = "1", @event = "goal", data = 1, headers = new { lang = "en" } });
        await publisher.DoAsync("Publish", new { channel, id = "2", data = 2, headers = new { lang = "de", team = "red" } });
        await publisher.DoAsync("Publish", new { channel, id = "3", @event = "end", data = 3, headers = new { lang = "de" } });
        await byEvent.DeliveredAsync(channel, 3);
        await byHeader.DeliveredAsync(channel, 3);

        Assert.Equal([1L, 3], byEvent.OffsetsOf(channel));
        Assert.Equal([2L, 3], byHeader.OffsetsOf(channel));
        AssertWhole(byEvent, channel, 0);
        AssertWhole(byHeader, channel, 0);
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_told_how_far_the_channel_has_come_where_nothing_passes(Door door)
    {
        var channel = server.NewName("news");
        await using var client = await door.ConnectAsUserAsync(server);
        await client.DoAsync("Subscribe", new { channel, events = new[] { "never" } });

        await server.PublishAsync(channel, 128);
        await client.DeliveredAsync(channel, 128);

        Assert.Empty(client.OffsetsOf(channel));
        AssertWhole(client, channel, 0);
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_recovered_with_its_part_and_want_something_else_then(Door door)
    {
        var channel = server.NewName("news");
        await using var client = await door.ConnectAsUserAsync(server);
        var since = (await client.DoAsync("Subscribe", new { channel })).Result.GetProperty("position");
        await PublishAsync(client, channel, "1", "goal");
        await PublishAsync(client, channel, "2", "end");
        // An answer goes as far as the gateway has come, which may be behind what was acknowledged: the rest follows it.
        await client.DeliveredAsync(channel, 2);

        var part = await client.DoAsync("Subscribe", new { channel, since, events = new[] { "end" } });
        var whole = await client.DoAsync("Subscribe", new { channel, since });
        await PublishAsync(client, channel, "3", "goal");
        await client.DeliveredAsync(channel, 3);

        Assert.Equal(("recovered", 2L), (part.Verdict, part.Offset));
        Assert.Equal([2L], part.Offsets);
        Assert.Equal([1L, 2], whole.Offsets);
        Assert.Equal(3L, client.OffsetsOf(channel).Last());
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_get_text_and_bytes_as_they_were_and_what_comes_along(Door door)
    {
        var channel = server.NewName("news");
        await using var client = await door.ConnectAsUserAsync(server);
        await client.DoAsync("Subscribe", new { channel });

        await client.DoAsync("Publish", new { channel, id = "1", data = "a\r\nb", encoding = "text" });
        await client.DoAsync("Publish", new { channel, id = "2", data = "AP8K", encoding = "base64", headers = new { a = "b" }, extras = new { @ref = new { id = 7 } } });
        await client.DeliveredAsync(channel, 2);

        var told = client.FramesOf(channel).SelectMany(frame => frame.Publications.EnumerateArray()).ToList();
        Assert.Equal(("a\r\nb", "text"), (told[0].GetProperty("data").GetString(), told[0].GetProperty("encoding").GetString()));
        Assert.Equal(("AP8K", "base64"), (told[1].GetProperty("data").GetString(), told[1].GetProperty("encoding").GetString()));
        Assert.Equal("""{"a":"b"}""", told[1].GetProperty("headers").GetRawText());
        Assert.Equal("""{"ref":{"id":7}}""", told[1].GetProperty("extras").GetRawText());
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_refused_what_is_no_such_wish(Door door)
    {
        var channel = server.NewName("news");
        await using var client = await door.ConnectAsUserAsync(server);
        object[] wrong =
        [
            new { channel, echo = "no" }, new { channel, events = "goal" }, new { channel, events = new[] { "" } }, new { channel, events = new int[1] },
            new { channel, events = Enumerable.Repeat("goal", 17) },
            new { channel, headers = new { a = 1 } }, new { channel, headers = new[] { "a" } },
        ];
        object[] unpublishable =
        [
            new { channel, id = "1", data = 5, encoding = "text" }, new { channel, id = "1", data = "%", encoding = "base64" },
            new { channel, id = "1", data = "x", encoding = "gzip" }, new { channel, id = "1", data = 1, headers = new { a = 1 } },
            new { channel, id = "1", data = 1, extras = "x" }, new { channel, id = "1", data = 1, extras = new { a = new string('x', 5000) } },
            new { channel, id = "1", data = 1, @event = "" },
        ];

        foreach (var request in wrong)
            Assert.Equal("BAD_REQUEST", await client.CodeAsync("Subscribe", request));
        foreach (var request in unpublishable)
            Assert.Equal("BAD_REQUEST", await client.CodeAsync("Publish", request));
        Assert.Equal(0, (await client.DoAsync("Subscribe", new { channel })).Offset);
    }

    private static Task<Arrival.Answer> PublishAsync(DoorClient client, string channel, string id, string eventName = "said") =>
        client.DoAsync("Publish", new { channel, id, @event = eventName, data = id });

    /// <summary>Each frame continues the one before: whoever follows by offsets sees no gap.</summary>
    private static void AssertWhole(DoorClient client, string channel, long begin)
    {
        foreach (var frame in client.FramesOf(channel))
        {
            Assert.Equal(begin, frame.PreviousOffset);
            begin = frame.HeadOffset;
        }
    }
}
