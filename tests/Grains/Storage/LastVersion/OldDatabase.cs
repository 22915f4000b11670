using System.Text.Json.Nodes;
using Dapper;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Channels;
using WhatsSound.Grains.Storage;
using WhatsSound.Presence;
using WhatsSound.Rooms;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Grains.Storage.LastVersion;

/// <summary>
/// A database that the version before left behind (<c>sqlite.sql</c>, <c>postgresql.sql</c>), this version's program on it, and what clients of that
/// version saw last (<c>sqlite.json</c>, <c>postgresql.json</c>). The time is a second later.
/// </summary>
internal sealed class OldDatabase : IAsyncDisposable
{
    private static readonly Guid Gateway = Guid.NewGuid();

    private readonly TestDatabase database;
    private readonly List<DatabaseHost> _killed = [];

    private OldDatabase(TestDatabase database, JsonNode seen, FakeTimeProvider time, DatabaseHost host)
    {
        this.database = database;
        Seen = seen;
        Time = time;
        Host = host;
    }

    /// <summary>Answers of the server of that version, by what was asked.</summary>
    public JsonNode Seen { get; }

    public FakeTimeProvider Time { get; }

    public DatabaseHost Host { get; private set; }

    public static async Task<OldDatabase> OpenAsync(StorageProvider provider)
    {
        var name = $"{provider}".ToLowerInvariant();
        var test = await TestDatabase.CreateAsync(provider, GoldenFile.Read($"{name}.sql"));
        var seen = JsonNode.Parse(GoldenFile.Read($"{name}.json"))!;
        var time = new FakeTimeProvider(DateTimeOffset.FromUnixTimeMilliseconds((long)seen["cafe"]!["serverTimeMs"]! + 1000));

        // The step of deployment that every version has; a SQLite file is brought up to date by the program itself.
        if (provider == StorageProvider.Postgresql)
            await PostgresServer.ApplySchemaAsync(test.Options.Value.ConnectionString);
        await new StorageStart(test.Database).StartAsync(TestContext.Current.CancellationToken);
        return new(test, seen, time, await StartAsync(test, time));
    }

    public IRoomGrain Room(string id) => Host.Grains.GetGrain<IRoomGrain>(RoomId.KeyOf(id));

    public async Task<RoomSnapshot> JoinAsync(string roomId, string userId)
    {
        var answer = await Room(roomId).JoinAsync(
            new() { CommandId = $"join of {userId}", UserId = userId, Action = new JoinRoom() },
            new PresenceEntry { UserId = userId, ConnectionId = $"{roomId} {userId}", GatewayId = Gateway });
        Assert.Null(answer.Refusal);
        return answer.Value!;
    }

    /// <summary>The process is killed, and the next one opens what it left: nothing that was in its memory is written.</summary>
    public async Task KillAsync()
    {
        // It runs on, and is asked nothing more.
        _killed.Add(Host);
        Host = await StartAsync(database, Time);
    }

    /// <summary>The stored row of a room, as it is.</summary>
    public async Task<JsonNode> RowOfAsync(string roomId)
    {
        await using var connection = await database.Database.DataSource.OpenConnectionAsync();
        return JsonNode.Parse(await connection.QuerySingleAsync<byte[]>(
            "SELECT PayloadBinary FROM OrleansStorage WHERE GrainTypeString = 'room' AND GrainIdExtensionString = @key",
            new { key = RoomId.KeyOf(roomId) }))!;
    }

    /// <summary>Where on the ring of silos the reminders of a room are looked for.</summary>
    public async Task<int> ReminderHashOfAsync(string roomId)
    {
        await using var connection = await database.Database.DataSource.OpenConnectionAsync();
        return (int)await connection.QuerySingleAsync<long>(
            "SELECT GrainHash FROM OrleansRemindersTable WHERE GrainId = @grain", new { grain = $"room/{RoomId.KeyOf(roomId)}" });
    }

    private static Task<DatabaseHost> StartAsync(TestDatabase test, TimeProvider time) => DatabaseHost.StartGrainsAsync(test, time, silo =>
    {
        // As it was configured then.
        silo.Services.Configure<ChannelOptions>(options => options.Rules.Add(new() { Pattern = "notes:*", PersistAll = TimeSpan.FromDays(3) }));
    });

    public async ValueTask DisposeAsync()
    {
        foreach (var killed in _killed)
            await killed.DisposeAsync();
        await Host.DisposeAsync();
        await database.DisposeAsync();
    }
}
