using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Serialization;
using Orleans.Storage;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Storage;

public sealed class When_state_is_kept_in_sqlite : PersistentStateContract
{
    private readonly SqliteFile file = new();

    [Theory]
    [InlineData("room:1", "0|0|room:1")]
    [InlineData("plain", "0|0|plain")]
    [InlineData("1f", "0|31|")]
    [InlineData("1F+more", "0|31|more")]
    [InlineData("00112233445566778899aabbccddeeff", "7383445245961249331|-4822678189205112|")]
    [InlineData("00112233445566778899aabbccddeeff+more", "7383445245961249331|-4822678189205112|more")]
    public async Task Should_store_a_key_as_Orleans_does(string key, string row)
    {
        await Cluster.Client.GetGrain<IStateGrain>(key, "WhatsSound.Tests.Engine.Grains.StateGrain").Write($"stored as {row}");

        Assert.Equal(
            [row],
            file.Query($"SELECT GrainIdN0, GrainIdN1, GrainIdExtensionString FROM OrleansStorage WHERE CAST(PayloadBinary AS TEXT) LIKE '%stored as {row}\"%'"));
    }

    [Fact]
    public async Task Should_store_under_the_name_of_the_state_and_the_service()
    {
        await Grain("named").Write("named");

        Assert.Equal(
            ["engine-note|engine"],
            file.Query("SELECT GrainTypeString, ServiceId FROM OrleansStorage WHERE CAST(PayloadBinary AS TEXT) LIKE '%\"named\"%'"));
    }

    [Fact]
    public async Task Should_share_a_row_between_states_of_one_name_and_key()
    {
        await Grain("shared").Write("from the one");

        Assert.Equal("from the one", (await Cluster.Client.GetGrain<IOtherStateGrain>(KeyOf("shared")).Read()).Text);
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        file.Dispose();
    }

    protected override void Configure(ISiloBuilder silo)
    {
        silo.AddAdoNetGrainStorageAsDefault(options =>
        {
            options.Invariant = "System.Data.SQLite";
            options.ConnectionString = file.ConnectionString;
            options.GrainStorageSerializer = new SystemTextJsonGrainStorageSerializer(Options.Create(new SystemTextJsonGrainStorageSerializerOptions()));
        });
    }

    protected override async Task OverwriteAsync(string key)
    {
        var storage = Cluster.Silos[0].Services.GetRequiredKeyedService<IGrainStorage>("Default");
        var state = new GrainState<Note>();
        await storage.ReadStateAsync("engine-note", Grain(key).GetGrainId(), state);
        state.State!.Text = "theirs";
        await storage.WriteStateAsync("engine-note", Grain(key).GetGrainId(), state);
    }
}
