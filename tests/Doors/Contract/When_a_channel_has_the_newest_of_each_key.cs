namespace WhatsSound.Tests.Doors.Contract;

public sealed class When_a_channel_has_the_newest_of_each_key(DoorServer server)
{
    public static TheoryData<Door> EveryDoor => Doors.All;

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_answer_it_at_once_to_who_subscribes(Door door)
    {
        var user = server.NewName("user");
        var channel = $"user:{user}:markers";
        foreach (var key in (string[])["a", "b", "a", "c"])
            await server.PublishAsync(channel, key: key);
        await using var client = await door.ConnectAsUserAsync(server, user);

        var answer = await client.DoAsync("Subscribe", new { channel });
        var some = await client.DoAsync("Subscribe", new { channel, rewindCount = 1 });
        var since = await client.DoAsync("Subscribe", new { channel, since = answer.Result.GetProperty("position") });
        var last = await server.PublishAsync(channel, key: "b");
        await client.DeliveredAsync(channel, last.Offset);
        var again = await client.DoAsync("Subscribe", new { channel });

        Assert.Equal(("live", "conflated"), (answer.Verdict, answer.Result.GetProperty("class").GetString()));
        Assert.Equal([2L, 3, 4], answer.Offsets);
        Assert.Equal([4L], some.Offsets);
        Assert.Empty(since.Offsets);
        Assert.Equal([5L], client.OffsetsOf(channel));
        Assert.Equal([3L, 4, 5], again.Offsets);
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_have_it_as_its_history(Door door)
    {
        var user = server.NewName("user");
        var channel = $"user:{user}:markers";
        foreach (var key in (string[])["a", "b", "a", "c", "c"])
            await server.PublishAsync(channel, key: key);
        await using var client = await door.ConnectAsUserAsync(server, user);

        var newest = await client.DoAsync("GetHistory", new { channel, max = 2 });
        var rest = await client.DoAsync("GetHistory", new { channel, max = 2, before = newest.Result.GetProperty("next").GetInt64() });

        Assert.Equal([3L, 5], newest.Offsets);
        Assert.Equal([2L], rest.Offsets);
        Assert.All((Arrival.Answer[])[newest, rest], page => Assert.True(page.Result.GetProperty("isComplete").GetBoolean()));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_say_what_a_room_is_in_its_snapshot_and_go_on_from_there(Door door)
    {
        var roomId = server.NewName("den");
        await using var host = await door.ConnectAsUserAsync(server);
        await host.DoAsync("CreateRoom", new { roomId, name = "Den", commandId = "c" });
        await host.DoAsync("JoinRoom", new { roomId, commandId = "j" });
        await host.DoAsync("Enqueue", new { roomId, commandId = "e1", tracks = new[] { new { url = "/tracks/a", title = "a", durationMs = 60_000 } } });
        await using var guest = await door.ConnectAsUserAsync(server);

        var joined = await guest.DoAsync("JoinRoom", new { roomId, commandId = "j" });
        await host.DoAsync("Enqueue", new { roomId, commandId = "e2", tracks = new[] { new { url = "/tracks/b", title = "b", durationMs = 60_000 } } });
        var position = joined.Result.GetProperty("snapshot").GetProperty("positions").GetProperty($"room:{roomId}:queue").GetProperty("offset").GetInt64();
        await guest.DeliveredAsync($"room:{roomId}:queue", position + 1);

        Assert.All(guest.OffsetsOf($"room:{roomId}:queue"), offset => Assert.True(offset > position));
    }
}
