using System.Text.Json;

namespace WhatsSound.Tests.Doors.Contract;

public sealed class When_somebody_is_present : IAsyncLifetime
{
    private DoorServer _server = null!;

    public static TheoryData<Door> EveryDoor => Doors.All;

    public async ValueTask InitializeAsync() => _server = await DoorServer.StartAsync("--Channels:Rules:0:Pattern", "lobby:*", "--Channels:Rules:0:Presence", "true");

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_one_member_in_two_tabs_until_the_last_has_left(Door door)
    {
        var (channel, user) = ($"lobby:{_server.NewName("l")}", _server.NewName("user"));
        await using var watcher = await door.ConnectAsUserAsync(_server);
        await watcher.DoAsync("Subscribe", new { channel });
        await using var first = await door.ConnectAsUserAsync(_server, user);
        await using var second = await door.ConnectAsUserAsync(_server, user);
        foreach (var tab in (DoorClient[])[first, second])
        {
            await tab.DoAsync("Subscribe", new { channel });
            await tab.DoAsync("EnterPresence", new { channel });
        }

        await watcher.ArrivalAsync(arrival => JoinedIn(arrival, channel).Contains(user));
        var view = (await watcher.DoAsync("GetPresence", new { channel })).Result;
        Assert.Equal(user, view.GetProperty("members").EnumerateArray().Single().GetProperty("userId").GetString());

        await first.DoAsync("LeavePresence", new { channel });
        Assert.Equal(1, (await watcher.DoAsync("GetPresence", new { channel })).Result.GetProperty("total").GetInt32());
        await second.DoAsync("LeavePresence", new { channel });
        await watcher.ArrivalAsync(arrival => LeftIn(arrival, channel).Contains(user));

        Assert.Equal([user], watcher.FramesOf(channel).SelectMany(frame => JoinedIn(frame, channel)));
        Assert.Equal([user], watcher.FramesOf(channel).SelectMany(frame => LeftIn(frame, channel)));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_go_on_from_the_position_of_the_view(Door door)
    {
        var channel = $"lobby:{_server.NewName("l")}";
        await using var first = await door.ConnectAsUserAsync(_server);
        await first.DoAsync("Subscribe", new { channel });
        await first.DoAsync("EnterPresence", new { channel });
        await using var second = await door.ConnectAsUserAsync(_server);
        await second.DoAsync("Subscribe", new { channel });

        var position = (await second.DoAsync("EnterPresence", new { channel })).Result.GetProperty("position").GetProperty("offset").GetInt64();
        await using var third = await door.ConnectAsUserAsync(_server);
        await third.DoAsync("Subscribe", new { channel });
        await third.DoAsync("EnterPresence", new { channel });

        await second.ArrivalAsync(arrival => arrival is Arrival.Frame frame && frame.Channel == channel && frame.HeadOffset > position && Of(frame, "joined").Any());
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_need_a_subscription_and_a_channel_that_has_it(Door door)
    {
        await using var client = await door.ConnectAsUserAsync(_server);
        var without = _server.NewName("news");
        await client.DoAsync("Subscribe", new { channel = without });

        Assert.Equal("PRESENCE_DISABLED", await client.CodeAsync("EnterPresence", new { channel = without }));
        Assert.Equal("NOT_SUBSCRIBED", await client.CodeAsync("EnterPresence", new { channel = $"lobby:{_server.NewName("l")}" }));
    }

    private static IEnumerable<string> JoinedIn(Arrival arrival, string channel) =>
        arrival is Arrival.Frame frame && frame.Channel == channel ? Of(frame, "joined").Select(member => member.GetProperty("userId").GetString()!) : [];

    private static IEnumerable<string> LeftIn(Arrival arrival, string channel) =>
        arrival is Arrival.Frame frame && frame.Channel == channel ? Of(frame, "left").Select(user => user.GetString()!) : [];

    private static IEnumerable<JsonElement> Of(Arrival.Frame frame, string list) => frame.Publications.EnumerateArray()
        .Where(publication => publication.GetProperty("event").GetString() == "presence")
        .SelectMany(publication => publication.GetProperty("data").GetProperty(list).EnumerateArray());
}
