using Dapper;
using WhatsSound.Grains.Storage;
using WhatsSound.Tests.Grains.Storage;

namespace WhatsSound.Tests.Grains.Orleans;

/// <summary>
/// What Orleans' ADO.NET storage takes for a row: state names are unique in the solution, grain keys have a prefix (ADR 5), and a room that is overtaken
/// goes (<c>RoomGrain</c>).
/// </summary>
public sealed class When_state_is_stored_by_name_and_key
{
    [Fact]
    public async Task Should_share_a_row_between_grains_whose_keys_read_as_one_number()
    {
        await using var test = await TestDatabase.CreateAsync(StorageProvider.Sqlite);
        await using var host = await DatabaseHost.StartAsync(test.Database);
        await host.Grains.GetGrain<IKeeperGrain>("abc").WriteAsync(new() { Name = "of abc" });

        Assert.Equal("of abc", (await host.Grains.GetGrain<IKeeperGrain>("0ABC").ReadAsync()).Name);
        Assert.Equal("", (await host.Grains.GetGrain<IKeeperGrain>("test:0ABC").ReadAsync()).Name);
    }

    [Fact]
    public async Task Should_share_a_row_between_grain_types_whose_states_have_one_name()
    {
        await using var test = await TestDatabase.CreateAsync(StorageProvider.Sqlite);
        await using var host = await DatabaseHost.StartAsync(test.Database);
        await host.Grains.GetGrain<IKeeperGrain>("test:one").WriteAsync(new() { Name = "of a keeper" });

        Assert.Equal("of a keeper", await host.Grains.GetGrain<INamesakeGrain>("test:one").ReadNameAsync());
    }

    [Fact]
    public async Task Should_refuse_to_write_over_what_another_wrote()
    {
        await using var test = await TestDatabase.CreateAsync(StorageProvider.Sqlite);
        await using var host = await DatabaseHost.StartAsync(test.Database);
        var keeper = host.Grains.GetGrain<IKeeperGrain>("test:overtaken");
        await keeper.WriteAsync(new() { Name = "first" });
        await using var connection = await test.Database.DataSource.OpenConnectionAsync();
        await connection.ExecuteAsync("UPDATE OrleansStorage SET Version = Version + 1");

        Assert.True(await keeper.IsOvertakenAsync(new() { Name = "second" }));
    }
}
