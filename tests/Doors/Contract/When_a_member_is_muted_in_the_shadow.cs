namespace WhatsSound.Tests.Doors.Contract;

/// <summary>What they say reaches all their own connections, in the order of the chat, and nobody else's: whose chat goes on without a gap.</summary>
public sealed class When_a_member_is_muted_in_the_shadow(DoorServer server) : IClassFixture<DoorServer>
{
    public static TheoryData<Door> EveryDoor => Doors.All;

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_heard_by_themselves_alone(Door door)
    {
        var (roomId, trollId) = (server.NewName("den"), server.NewName("troll"));
        await using var host = await door.ConnectAsUserAsync(server);
        await host.DoAsync("CreateRoom", new { roomId, name = "Den", commandId = "c" });
        await host.DoAsync("JoinRoom", new { roomId, commandId = "j" });
        await host.DoAsync("UpdateSettings", new { roomId, commandId = "u", allowsShadowMute = true });
        await using var troll = await JoinAsync(door, roomId, trollId);
        await using var tab = await JoinAsync(door, roomId, trollId);
        await host.DoAsync("ShadowMute", new { roomId, commandId = "m", ofUserId = trollId });

        await troll.DoAsync("SendChat", new { roomId, commandId = "t1", text = "hello" });
        await host.DoAsync("SendChat", new { roomId, commandId = "h1", text = "welcome" });
        await troll.DoAsync("SendChat", new { roomId, commandId = "t2", text = "anybody?" });
        await host.DoAsync("SendChat", new { roomId, commandId = "h2", text = "good night" });

        foreach (var (client, texts) in ((DoorClient, string[])[])[(troll, ["hello", "welcome", "anybody?", "good night"]), (tab, ["hello", "welcome", "anybody?", "good night"]), (host, ["welcome", "good night"])])
        {
            await client.DeliveredAsync($"room:{roomId}:chat", 4);
            var frames = client.Arrivals.OfType<Arrival.Frame>().Where(frame => frame.Channel == $"room:{roomId}:chat").ToList();
            Assert.Equal(texts, frames.SelectMany(static frame => frame.Publications.EnumerateArray()).Select(static one => one.GetProperty("data").GetProperty("text").GetString()));
            var page = await client.DoAsync("GetHistory", new { channel = $"room:{roomId}:chat" });
            Assert.Equal(texts, page.Result.GetProperty("publications").EnumerateArray().Select(static one => one.GetProperty("data").GetProperty("text").GetString()));
            Assert.True(page.Result.GetProperty("isComplete").GetBoolean());
            Assert.Equal(4, frames.Aggregate(0L, static (position, frame) => frame.PreviousOffset <= position ? frame.HeadOffset : long.MaxValue));
        }
    }

    private async Task<DoorClient> JoinAsync(Door door, string roomId, string user)
    {
        var client = await door.ConnectAsUserAsync(server, user);
        await client.DoAsync("JoinRoom", new { roomId, commandId = $"j-{Guid.NewGuid():N}" });
        return client;
    }
}
