using System.Text;
using Dapper;
using WhatsSound.Grains.Storage;
using WhatsSound.Playback;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Grains.Storage;

/// <summary>
/// Exactly this row is written, and it is read: no change of the code or of a package can change what databases hold without failing here.
/// </summary>
public sealed class When_a_row_is_kept
{
    private const string Row =
        """
        {"name":"Zoë's \uD83C\uDFA7 \"room\"","count":9007199254740993,"status":"playing","at":"2030-01-02T03:04:05.678+00:00","id":"0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6","words":["a","b"],"votes":{"user:ann":1,"user:bob":-1},"data":{"text":"as it came", "n":1.50}}
        """;

    private static readonly KeeperState State = new()
    {
        Name = "Zoë's 🎧 \"room\"",
        Count = 9_007_199_254_740_993,
        Status = PlaybackStatus.Playing,
        At = new DateTimeOffset(2030, 1, 2, 3, 4, 5, 678, TimeSpan.Zero),
        Id = Guid.Parse("0192f0c1-2b3c-7d4e-8f90-a1b2c3d4e5f6"),
        Words = ["a", "b"],
        Votes = new() { ["user:ann"] = 1, ["user:bob"] = -1 },
        Data = new Payload("""{"text":"as it came", "n":1.50}"""u8.ToArray()),
    };

    public static TheoryData<StorageProvider> Providers => [StorageProvider.Sqlite, StorageProvider.Postgresql];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Should_write_the_agreed_row(StorageProvider provider)
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        await using var host = await DatabaseHost.StartAsync(test.Database);
        await host.Grains.GetGrain<IKeeperGrain>("room:jazz").WriteAsync(State);

        await using var connection = await test.Database.DataSource.OpenConnectionAsync();
        var row = await connection.QuerySingleAsync<(string, string, long, long, string, byte[], long)>(
            "SELECT ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString, PayloadBinary, Version FROM OrleansStorage");
        Assert.Equal(("whatssound", "keeper", 0, 0, "room:jazz", 1), (row.Item1, row.Item2, row.Item3, row.Item4, row.Item5, row.Item7));
        Assert.Equal(Row, Encoding.UTF8.GetString(row.Item6));
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Should_read_and_go_on_writing_the_agreed_row(StorageProvider provider)
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        await using var connection = await test.Database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync(
            """
            INSERT INTO OrleansStorage (ServiceId, GrainTypeString, GrainIdN0, GrainIdN1, GrainIdExtensionString, PayloadBinary, ModifiedOn, Version)
            VALUES ('whatssound', 'keeper', 0, 0, 'room:jazz', @payload, CURRENT_TIMESTAMP, 41)
            """,
            new { payload = Encoding.UTF8.GetBytes(Row) });

        await using var host = await DatabaseHost.StartAsync(test.Database);
        var read = await host.Grains.GetGrain<IKeeperGrain>("room:jazz").ReadAsync();
        Assert.Equal(State with { Words = read.Words, Votes = read.Votes }, read);
        Assert.Equal(State.Words, read.Words);
        Assert.Equal(State.Votes, read.Votes);

        await host.Grains.GetGrain<IKeeperGrain>("room:jazz").WriteAsync(read with { Count = 1 });
        Assert.Equal(42, await connection.QuerySingleAsync<long>("SELECT Version FROM OrleansStorage"));
        await host.Grains.GetGrain<IKeeperGrain>("room:jazz").ClearAsync();
        Assert.Null(await connection.QuerySingleAsync<byte[]?>("SELECT PayloadBinary FROM OrleansStorage"));
    }
}
