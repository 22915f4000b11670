using System.Text.Json;

namespace WhatsSound.Tests.Doors.Contract;

public sealed class When_history_is_read(DoorServer server)
{
    public static TheoryData<Door> EveryDoor => Doors.All;

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_all_of_the_channel_with_what_is_live(Door door)
    {
        var channel = server.NewName("news");
        await server.PublishAsync(channel, 40);
        await using var client = await door.ConnectAsUserAsync(server);
        var attached = (await client.DoAsync("Subscribe", new { channel })).Offset;

        var publishing = server.PublishAsync(channel, 60);
        var pages = await ReadAllAsync(client, new() { ["channel"] = channel, ["untilAttach"] = true, ["max"] = 7 });
        await publishing;
        await client.DeliveredAsync(channel, 100);

        Assert.Equal(Enumerable.Range(1, (int)attached).Select(offset => (long)offset), pages.SelectMany(page => page.Offsets).Order());
        Assert.Equal(Enumerable.Range((int)attached + 1, 100 - (int)attached).Select(offset => (long)offset), client.OffsetsOf(channel));
        Assert.All(pages, page => Assert.True(page.Result.GetProperty("isComplete").GetBoolean()));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_go_both_ways_from_a_number(Door door)
    {
        var channel = server.NewName("news");
        var head = await server.PublishAsync(channel, 10);
        await using var client = await door.ConnectAsUserAsync(server);

        var newest = await client.DoAsync("GetHistory", new { channel, max = 3 });
        var before = await client.DoAsync("GetHistory", new { channel, before = 8, max = 3 });
        var after = await client.DoAsync("GetHistory", new { channel, after = 2, max = 3, direction = "forward" });
        var between = await client.DoAsync("GetHistory", new { channel, after = 2, before = 5 });
        var all = await client.DoAsync("GetHistory", new { channel, direction = "forward", max = 1_000 });

        AssertIs(newest, [8L, 9, 10], next: 8);
        AssertIs(before, [5L, 6, 7], next: 5);
        AssertIs(after, [3L, 4, 5], next: 5);
        AssertIs(between, [3L, 4], next: null);
        AssertIs(all, Enumerable.Range(1, 10).Select(offset => (long)offset), next: null);
        Assert.Equal(head.Offset, all.Offset);
        Assert.Equal(head.Epoch, all.Result.GetProperty("position").GetProperty("epoch").GetString());
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_begin_and_end_at_times(Door door)
    {
        var channel = server.NewName("news");
        await server.PublishAsync(channel, 20);
        await using var client = await door.ConnectAsUserAsync(server);
        var all = (await client.DoAsync("GetHistory", new { channel })).Result.GetProperty("publications").EnumerateArray()
            .Select(one => (Offset: one.GetProperty("offset").GetInt64(), TimeMs: one.GetProperty("timeMs").GetInt64())).ToList();
        var middleMs = all[10].TimeMs;

        var older = await client.DoAsync("GetHistory", new { channel, toMs = middleMs });
        var newer = await client.DoAsync("GetHistory", new { channel, fromMs = middleMs, direction = "forward" });

        Assert.Equal(all.Where(one => one.TimeMs < middleMs).Select(one => one.Offset), older.Offsets);
        Assert.Equal(all.Where(one => one.TimeMs >= middleMs).Select(one => one.Offset), newer.Offsets);
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_leave_out_what_is_not_wanted_and_say_where_the_next_page_goes_on(Door door)
    {
        var channel = server.NewName("news");
        await using var client = await door.ConnectAsUserAsync(server);
        for (var i = 0; i < 6; i++)
            await client.DoAsync("Publish", new { channel, id = $"{i}", @event = i == 1 ? "wanted" : "other", data = i });

        var page = await client.DoAsync("GetHistory", new { channel, max = 3, events = new[] { "wanted", "no such" } });
        var next = await client.DoAsync("GetHistory", new { channel, max = 3, before = NextOf(page), events = new[] { "wanted", "no such" } });

        AssertIs(page, [], next: 4);
        AssertIs(next, [2L], next: null);
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_refused_to_whom_the_channel_is_not_for(Door door)
    {
        var (owner, roomId) = (server.NewName("owner"), server.NewName("den"));
        await using var host = await door.ConnectAsUserAsync(server, owner);
        await host.DoAsync("CreateRoom", new { roomId, name = "Den", commandId = "c" });
        var (channel, deaf) = (server.NewName("news"), server.NewName("deaf"));
        await using var client = await door.ConnectAsync(server, server.TokenOf(server.NewName("user"), new Dictionary<string, string[]> { [deaf] = ["publish"], [channel] = ["subscribe"], ["room:*"] = ["subscribe"], ["user:*"] = ["subscribe"] }));

        Assert.Equal("FORBIDDEN", await client.CodeAsync("GetHistory", new { channel = $"user:{owner}:notifications" }));
        Assert.Equal("FORBIDDEN", await client.CodeAsync("GetHistory", new { channel = deaf }));
        Assert.Equal("NOT_MEMBER", await client.CodeAsync("GetHistory", new { channel = $"room:{roomId}:chat" }));
        Assert.Equal("NOT_SUBSCRIBED", await client.CodeAsync("GetHistory", new { channel, untilAttach = true }));
        await host.DoAsync("JoinRoom", new { roomId, commandId = "j" });
        await host.DoAsync("SendChat", new { roomId, commandId = "s", text = "hello" });
        Assert.Equal([1L], (await host.DoAsync("GetHistory", new { channel = $"room:{roomId}:chat", untilAttach = false })).Offsets);
        await host.DoAsync("LeaveRoom", new { roomId, commandId = "l" });
        Assert.Equal("NOT_MEMBER", await host.CodeAsync("GetHistory", new { channel = $"room:{roomId}:chat" }));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_end_a_page_where_its_content_is_a_megabyte(Door door)
    {
        var user = server.NewName("user");
        var channel = $"user:{user}:notifications";
        await server.PublishAsync(channel, 17, bytes: 64 * 1024);
        await using var client = await door.ConnectAsUserAsync(server, user);

        var page = await client.DoAsync("GetHistory", new { channel, max = 1_000 });
        var next = await client.DoAsync("GetHistory", new { channel, max = 1_000, before = NextOf(page) });

        AssertIs(page, Enumerable.Range(2, 16).Select(offset => (long)offset), next: 2);
        AssertIs(next, [1L], next: null);
    }

    private static async Task<List<Arrival.Answer>> ReadAllAsync(DoorClient client, Dictionary<string, object> request)
    {
        for (var pages = new List<Arrival.Answer>(); ; request["before"] = NextOf(pages[^1])!)
        {
            pages.Add(await client.DoAsync("GetHistory", request));
            if (NextOf(pages[^1]) is null)
                return pages;
        }
    }

    private static void AssertIs(Arrival.Answer page, IEnumerable<long> offsets, long? next)
    {
        Assert.Equal(offsets, page.Offsets);
        Assert.Equal(next, NextOf(page));
    }

    private static long? NextOf(Arrival.Answer page) =>
        page.Result.GetProperty("next") is { ValueKind: JsonValueKind.Number } next ? next.GetInt64() : null;
}
