using System.Text.Json;

namespace WhatsSound.Tests.Doors.Contract;

/// <summary>Whoever asks for it is told of presence by connection: each with its id and what it shows. Everybody else sees users.</summary>
public sealed class When_connections_are_followed : IAsyncLifetime
{
    private DoorServer _server = null!;

    public static TheoryData<Door> EveryDoor => Doors.All;

    public async ValueTask InitializeAsync() => _server = await DoorServer.StartAsync(
        "--Channels:Rules:0:Pattern",
        "lobby:*",
        "--Channels:Rules:0:Presence",
        "true",
        "--Channels:Rules:1:Pattern",
        "crowd:*",
        "--Channels:Rules:1:Presence",
        "true",
        "--Channels:Rules:1:PresenceDetailMax",
        "1");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_tell_of_each_tab_of_a_user_and_of_what_it_shows(Door door)
    {
        var (channel, user) = ($"lobby:{_server.NewName("l")}", _server.NewName("user"));
        await using var follower = await door.ConnectAsUserAsync(_server);
        await follower.DoAsync("Subscribe", new { channel, presence = "connections" });
        await using var watcher = await door.ConnectAsUserAsync(_server);
        var start = await watcher.DoAsync("Subscribe", new { channel });
        await using var first = await door.ConnectAsUserAsync(_server, user);
        await using var second = await door.ConnectAsUserAsync(_server, user);

        await EnterAsync(first, channel, "first");
        var one = Assert.Single(await ToldAsync(follower, channel, "entered", 1));
        await EnterAsync(second, channel, "second");
        var two = (await ToldAsync(follower, channel, "entered", 2))[1];
        await EnterAsync(second, channel, "changed");
        var changed = Assert.Single(await ToldAsync(follower, channel, "updated", 1));
        await first.DoAsync("LeavePresence", new { channel });
        var left = Assert.Single(await ToldAsync(follower, channel, "left", 1));

        Assert.Equal([(user, "first"), (user, "second"), (user, "changed"), (user, "first")], new[] { one, two, changed, left }.Select(Shown));
        Assert.NotEqual(IdOf(one), IdOf(two));
        Assert.Equal((IdOf(two), two.GetProperty("number").GetInt64()), (IdOf(changed), changed.GetProperty("replaces").GetInt64()));
        Assert.Equal((IdOf(one), one.GetProperty("number").GetInt64()), (IdOf(left), left.GetProperty("number").GetInt64()));

        // One who sees users saw one that came, and changed; and of the tab that was not shown any more a change of nothing: its offsets have no gap.
        var last = await _server.PublishAsync(channel);
        await watcher.DeliveredAsync(channel, last.Offset);
        Assert.Equal([user], Of(watcher, channel, "joined").Select(static member => member.GetProperty("userId").GetString()!));
        Assert.Empty(Of(watcher, channel, "left"));
        Assert.Equal(last.Offset - start.Offset, watcher.OffsetsOf(channel).Count());
        Assert.All(PresenceOf(watcher, channel), static told => Assert.False(told.TryGetProperty("entered", out _)));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_continue_a_page_also_over_a_gap(Door door)
    {
        var channel = $"lobby:{_server.NewName("l")}";
        await using var member = await door.ConnectAsUserAsync(_server);
        await using var follower = await door.ConnectAsUserAsync(_server);
        await follower.DoAsync("Subscribe", new { channel, presence = "connections" });
        await EnterAsync(member, channel, "before");
        await ToldAsync(follower, channel, "entered", 1);

        var view = (await follower.DoAsync("GetPresence", new { channel, connections = true })).Result;
        await follower.DoAsync("Unsubscribe", new { channel });
        await EnterAsync(member, channel, "after");
        await using var other = await door.ConnectAsUserAsync(_server);
        await other.DoAsync("Subscribe", new { channel, presence = "connections" });
        await ToldAsync(other, channel, "updated", 1);
        var recovery = await follower.DoAsync("Subscribe", new { channel, presence = "connections", since = view.GetProperty("position") });

        var page = view.GetProperty("connections");
        Assert.Equal("before", Shown(Assert.Single(page.GetProperty("connections").EnumerateArray())).Info);
        Assert.Equal((1, true, 0), (page.GetProperty("total").GetInt32(), page.GetProperty("isContinued").GetBoolean(), view.GetProperty("members").GetArrayLength()));
        Assert.Equal("recovered", recovery.Verdict);
        var missed = Assert.Single(recovery.Result.GetProperty("publications").EnumerateArray());
        Assert.Equal("after", Shown(Assert.Single(missed.GetProperty("data").GetProperty("updated").EnumerateArray())).Info);
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_told_how_many_there_are_where_there_are_too_many(Door door)
    {
        var channel = $"crowd:{_server.NewName("c")}";
        await using var follower = await door.ConnectAsUserAsync(_server);
        await follower.DoAsync("Subscribe", new { channel, presence = "connections" });
        await using var first = await door.ConnectAsUserAsync(_server);
        await using var second = await door.ConnectAsUserAsync(_server);
        foreach (var client in (DoorClient[])[first, second])
            await EnterAsync(client, channel, "here");

        await follower.ArrivalAsync(arrival => TotalsIn(arrival, channel).Contains((2, true)));
        var page = (await follower.DoAsync("GetPresence", new { channel, connections = true })).Result.GetProperty("connections");
        Assert.Equal((2, false), (page.GetProperty("connections").GetArrayLength(), page.GetProperty("isContinued").GetBoolean()));

        await second.DoAsync("LeavePresence", new { channel });
        await follower.ArrivalAsync(arrival => TotalsIn(arrival, channel).Contains((1, false)) && ListsIn(arrival, channel, "entered").Any());
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_told_nothing_by_who_asks_for_nothing(Door door)
    {
        var channel = $"lobby:{_server.NewName("l")}";
        await using var quiet = await door.ConnectAsUserAsync(_server);
        await quiet.DoAsync("Subscribe", new { channel, presence = "none" });
        await using var follower = await door.ConnectAsUserAsync(_server);
        await follower.DoAsync("Subscribe", new { channel, presence = "connections" });
        await EnterAsync(follower, channel, "here");
        await ToldAsync(follower, channel, "entered", 1);

        var last = await _server.PublishAsync(channel);
        await quiet.DeliveredAsync(channel, last.Offset);

        Assert.Equal([last.Offset], quiet.OffsetsOf(channel));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_see_a_session_that_is_resumed_as_the_connection_that_it_was(Door door)
    {
        var (channel, user) = ($"lobby:{_server.NewName("l")}", _server.NewName("user"));
        await using var follower = await door.ConnectAsUserAsync(_server);
        await follower.DoAsync("Subscribe", new { channel, presence = "connections" });
        var first = await door.ConnectAsUserAsync(_server, user);
        await EnterAsync(first, channel, "here");
        var session = (await first.DoAsync("Resume", new { })).Result;
        var entered = Assert.Single(await ToldAsync(follower, channel, "entered", 1));
        first.Kill();

        await using var second = await door.ConnectAsUserAsync(_server, user);
        await second.DoAsync("Resume", new { sessionId = session.GetProperty("sessionId"), key = session.GetProperty("key") });
        await second.DoAsync("EnterPresence", new { channel, info = "changed" });
        var changed = Assert.Single(await ToldAsync(follower, channel, "updated", 1));

        Assert.Equal((user, "changed", IdOf(entered)), (Shown(changed).UserId, Shown(changed).Info, IdOf(changed)));
        Assert.Single(Of(follower, channel, "entered"));
        Assert.Empty(Of(follower, channel, "left"));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_refuse_what_is_no_way_to_follow(Door door)
    {
        var channel = $"lobby:{_server.NewName("l")}";
        await using var client = await door.ConnectAsUserAsync(_server);

        Assert.Equal("BAD_REQUEST", await client.CodeAsync("Subscribe", new { channel, presence = "everything" }));
        Assert.Equal("BAD_REQUEST", await client.CodeAsync("GetPresence", new { channel, connections = true, after = "nothing" }));
        Assert.Equal("BAD_REQUEST", await client.CodeAsync("GetPresence", new { channel, after = "1:ab" }));
    }

    private static async Task EnterAsync(DoorClient client, string channel, string info)
    {
        if (!client.Arrivals.OfType<Arrival.Answer>().Any(answer => answer.Result.ValueKind == JsonValueKind.Object && answer.Result.TryGetProperty("verdict", out _)))
            await client.DoAsync("Subscribe", new { channel });
        await client.DoAsync("EnterPresence", new { channel, info });
    }

    /// <summary>So many of a list that a client was told, now or later.</summary>
    private static async Task<IReadOnlyList<JsonElement>> ToldAsync(DoorClient client, string channel, string list, int count)
    {
        await client.ArrivalAsync(_ => Of(client, channel, list).Count() >= count);
        return [.. Of(client, channel, list).Take(count)];
    }

    private static IEnumerable<JsonElement> Of(DoorClient client, string channel, string list) => client.FramesOf(channel).SelectMany(frame => ListsIn(frame, channel, list));

    private static IEnumerable<JsonElement> PresenceOf(DoorClient client, string channel) => client.FramesOf(channel).SelectMany(frame => PresenceIn(frame, channel));

    private static IEnumerable<JsonElement> ListsIn(Arrival arrival, string channel, string list) =>
        PresenceIn(arrival, channel).SelectMany(told => told.TryGetProperty(list, out var all) ? [.. all.EnumerateArray()] : Array.Empty<JsonElement>());

    private static IEnumerable<(int, bool)> TotalsIn(Arrival arrival, string channel) =>
        PresenceIn(arrival, channel).Select(static told => (told.GetProperty("total").GetInt32(), told.GetProperty("isCountOnly").GetBoolean()));

    private static IEnumerable<JsonElement> PresenceIn(Arrival arrival, string channel) => arrival is Arrival.Frame frame && frame.Channel == channel
        ? frame.Publications.EnumerateArray().Where(static publication => publication.GetProperty("event").GetString() == "presence").Select(static publication => publication.GetProperty("data"))
        : [];

    private static (string UserId, string Info) Shown(JsonElement connection) => (connection.GetProperty("userId").GetString()!, connection.GetProperty("info").GetString()!);

    private static string IdOf(JsonElement connection) => connection.GetProperty("connectionId").GetString()!;
}
