namespace WhatsSound.Tests.Doors.Contract;

public sealed class When_a_channel_is_delivered(DoorServer server)
{
    public static TheoryData<Door> EveryDoor => Doors.All;

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_have_every_offset_once_and_in_order(Door door)
    {
        const int Count = 200;
        var channel = server.NewName("news");
        await using var first = await door.ConnectAsUserAsync(server);
        await using var second = await door.ConnectAsUserAsync(server);
        await first.DoAsync("Subscribe", new { channel });
        await second.DoAsync("Subscribe", new { channel });

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => server.PublishAsync(channel, Count / 4)));

        foreach (var client in (DoorClient[])[first, second])
        {
            await client.DeliveredAsync(channel, Count);
            Assert.Equal(Enumerable.Range(1, Count).Select(offset => (long)offset), client.OffsetsOf(channel));
        }
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_reach_both_tabs_of_a_user(Door door)
    {
        var (channel, user) = (server.NewName("news"), server.NewName("user"));
        await using var first = await door.ConnectAsUserAsync(server, user);
        await using var second = await door.ConnectAsUserAsync(server, user);
        await first.DoAsync("Subscribe", new { channel });
        await second.DoAsync("Subscribe", new { channel });

        await server.PublishAsync(channel, 3);

        await first.DeliveredAsync(channel, 3);
        await second.DeliveredAsync(channel, 3);
        Assert.Equal([1L, 2, 3], first.OffsetsOf(channel));
        Assert.Equal([1L, 2, 3], second.OffsetsOf(channel));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_go_on_on_a_new_connection_with_all_of_the_gap(Door door)
    {
        var (channel, user) = (server.NewName("news"), server.NewName("user"));
        await using var cut = await door.ConnectAsUserAsync(server, user);
        var since = (await cut.DoAsync("Subscribe", new { channel })).Result.GetProperty("position");
        cut.Kill();
        await server.PublishAsync(channel, 5);

        await using var again = await door.ConnectAsUserAsync(server, user);
        var answer = await again.DoAsync("Subscribe", new { channel, since });
        await server.PublishAsync(channel);
        await again.DeliveredAsync(channel, 6);

        Assert.Equal("recovered", answer.Verdict);
        // An answer goes as far as the gateway has come, which may be behind what was acknowledged: the rest follows it.
        Assert.Equal([1L, 2, 3, 4, 5, 6], [.. answer.Offsets, .. again.OffsetsOf(channel)]);
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_recovered_where_nothing_was_missed(Door door)
    {
        var channel = server.NewName("news");
        await server.PublishAsync(channel, 2);
        await using var client = await door.ConnectAsUserAsync(server);
        var since = (await client.DoAsync("Subscribe", new { channel })).Result.GetProperty("position");

        var answer = await client.DoAsync("Subscribe", new { channel, since });

        Assert.Equal("recovered", answer.Verdict);
        Assert.Empty(answer.Offsets);
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_never_call_a_part_of_a_gap_recovered(Door door)
    {
        var channel = server.NewName("news");
        // More than the channel keeps.
        var last = await server.PublishAsync(channel, 600);
        await using var client = await door.ConnectAsUserAsync(server);

        var behind = await client.DoAsync("Subscribe", new { channel, since = new { epoch = last.Epoch, offset = 1 } });
        var elsewhere = await client.DoAsync("Subscribe", new { channel, since = new { epoch = "gone", offset = 1 } });

        Assert.Equal("lost", behind.Verdict);
        Assert.Equal("lost", elsewhere.Verdict);
        Assert.Empty(elsewhere.Offsets);
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_answer_as_many_of_the_newest_as_are_asked_for(Door door)
    {
        var channel = server.NewName("news");
        await server.PublishAsync(channel, 10);
        await using var client = await door.ConnectAsUserAsync(server);

        var answer = await client.DoAsync("Subscribe", new { channel, rewindCount = 3 });

        Assert.Equal([8L, 9, 10], answer.Offsets);
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_end_with_the_answer_to_unsubscribe(Door door)
    {
        var (channel, other) = (server.NewName("news"), server.NewName("news"));
        await using var client = await door.ConnectAsUserAsync(server);
        await client.DoAsync("Subscribe", new { channel });
        await client.DoAsync("Subscribe", new { channel = other });
        await server.PublishAsync(channel, 20);

        var answer = await client.DoAsync("Unsubscribe", new { channel });
        await server.PublishAsync(channel, 5);
        await server.PublishAsync(other);
        await client.DeliveredAsync(other, 1);

        Assert.DoesNotContain(client.Arrivals.Skip(client.Arrivals.IndexOf(answer)), arrival => arrival is Arrival.Frame frame && frame.Channel == channel);
        Assert.Equal("NOT_SUBSCRIBED", await client.CodeAsync("Unsubscribe", new { channel }));
    }
}
