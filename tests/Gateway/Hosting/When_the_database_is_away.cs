using System.Net;
using System.Text.Json;
using Npgsql;
using WhatsSound.Tests.Gateway.Sockets;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Gateway.Hosting;

public sealed class When_the_database_is_away
{
    [Fact]
    public async Task Should_be_unready_and_ask_clients_to_come_again_until_it_is_back()
    {
        var database = new NpgsqlConnectionStringBuilder(await PostgresServer.Shared.CreateDatabaseAsync());
        await using (var server = await RunningServer.StartAsync(
            "--Storage:Provider=postgresql", $"--Storage:ConnectionString={database.ConnectionString}", "--Logging:LogLevel:Default=None"))
        {
            using var readiness = new Readiness(server.Address);
            await using (var owner = await server.ConnectAsync("owner"))
                await owner.ResultAsync("CreateRoom", new { roomId = "known", commandId = "create", name = "A room" });
            await using var client = await server.ConnectAsync("ada");
            await client.ResultAsync("CreateRoom", new { roomId = "before", commandId = "create", name = "A room" });
            Assert.Equal((HttpStatusCode.OK, "ready"), await readiness.ReadyAsync());

            await CloseAsync(database, isClosed: true);

            await readiness.WhenReadySaysAsync(HttpStatusCode.ServiceUnavailable, "not ready\ndatabase: unreachable\n");
            AssertComeAgain(await client.CallAsync("CreateRoom", new { roomId = "new", commandId = "create", name = "A room" }));
            AssertComeAgain(await client.CallAsync("JoinRoom", new { roomId = "never-seen", commandId = "join" }));
            AssertComeAgain(await client.CallAsync("Subscribe", new { channel = "user:ada:notifications" }));
            AssertComeAgain(await client.CallAsync("Subscribe", new { channel = "news:never-seen" }));

            await CloseAsync(database, isClosed: false);

            await readiness.WhenReadySaysAsync(HttpStatusCode.OK, "ready");
            await client.ResultAsync("CreateRoom", new { roomId = "new", commandId = "create", name = "A room" });
        }

        await PostgresServer.Shared.DropDatabaseAsync(database.ConnectionString);
    }

    private static void AssertComeAgain(JsonElement answer)
    {
        Assert.False(answer.GetProperty("ok").GetBoolean(), answer.ToString());
        var refusal = answer.GetProperty("error");
        Assert.True(refusal.GetProperty("retryable").GetBoolean(), answer.ToString());
        Assert.Equal("NOT_READY", refusal.GetProperty("code").GetString());
    }

    /// <summary>What a server that goes down looks like to its clients: connections end, and new ones are refused.</summary>
    private static async Task CloseAsync(NpgsqlConnectionStringBuilder database, bool isClosed)
    {
        var administrator = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Database = "postgres", Pooling = false };
        await using var source = NpgsqlDataSource.Create(administrator.ConnectionString);
        await ExecuteAsync(source, $"ALTER DATABASE {database.Database} ALLOW_CONNECTIONS {(isClosed ? "false" : "true")}");
        if (isClosed)
            await ExecuteAsync(source, $"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{database.Database}'");
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
