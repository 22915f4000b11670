using WhatsSound.Tests.Gateway.Sockets;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Gateway.Cluster;

/// <summary>Two processes, PostgreSQL between them: whoever is banned through one is out of the room on the other.</summary>
public sealed class When_a_member_is_banned_on_another_gateway
{
    [Fact]
    public async Task INV_M7_should_be_out_on_both_and_get_in_by_neither()
    {
        await using var cluster = new ClusterProcesses();
        var connectionString = await PostgresServer.Shared.CreateDatabaseAsync();
        var here = await cluster.StartAsync(connectionString);
        var there = await cluster.StartAsync(connectionString);
        await using var owner = await HubClient.ConnectAsync(here.Address, await here.TokenAsync("owner"));
        await using var near = await HubClient.ConnectAsync(here.Address, await here.TokenAsync("troll"));
        await using var far = await HubClient.ConnectAsync(there.Address, await there.TokenAsync("troll"));
        await owner.ResultInTheEndAsync("CreateRoom", new { roomId = "jazz", commandId = "create", name = "Jazz" });
        await owner.ResultInTheEndAsync("JoinRoom", new { roomId = "jazz", commandId = "join" });
        await near.ResultInTheEndAsync("JoinRoom", new { roomId = "jazz", commandId = "near" });
        await far.ResultInTheEndAsync("JoinRoom", new { roomId = "jazz", commandId = "far" });

        await owner.ResultAsync("Ban", new { roomId = "jazz", commandId = "ban", ofUserId = "troll" });

        foreach (var client in new[] { near, far })
        {
            var detached = new HashSet<string>(StringComparer.Ordinal);
            while (detached.Count < 4)
            {
                var content = await client.EventAsync("detached");
                Assert.Equal("BANNED", content.GetProperty("code").GetString());
                detached.Add(content.GetProperty("channel").GetString()!);
            }

            Assert.Equal("BANNED", await client.CodeAsync("JoinRoom", new { roomId = "jazz", commandId = "again" }));
            Assert.Equal("NOT_MEMBER", await client.CodeAsync("Subscribe", new { channel = "room:jazz:chat" }));
        }
    }
}
