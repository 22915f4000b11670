using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Storage;

/// <summary>What grains rely on, whatever their state is kept in.</summary>
public abstract class PersistentStateContract : IAsyncLifetime
{
    private ITestCluster? cluster;

    protected ITestCluster Cluster => cluster!;

    [Fact]
    public async Task Should_give_a_new_grain_a_state_that_does_not_exist_yet()
        => Assert.Equal(new("empty", Exists: false, ETag: null, 1), await Grain("new").Read());

    [Fact]
    public async Task Should_give_back_what_was_written_and_not_what_was_not()
    {
        var grain = Grain("kept");

        var written = await grain.Write("kept");
        await grain.Change("lost");
        await Cluster.DeactivateAsync(grain.GetGrainId());

        Assert.True(written.Exists);
        Assert.Equal(written with { Incarnation = 2 }, await grain.Read());
    }

    [Fact]
    public async Task Should_write_again_and_again()
    {
        var grain = Grain("again");

        var first = await grain.Write("one");
        var second = await grain.Write("two");

        Assert.NotEqual(first.ETag, second.ETag);
        Assert.Equal("two", (await grain.Refresh()).Text);
    }

    [Fact]
    public async Task Should_clear()
    {
        var grain = Grain("cleared");
        await grain.Write("gone");

        var cleared = await grain.Clear();
        Assert.Equal(("empty", false), (cleared.Text, cleared.Exists));
        await Cluster.DeactivateAsync(grain.GetGrainId());
        Assert.False((await grain.Read()).Exists);

        Assert.True((await grain.Write("back")).Exists);
    }

    [Fact]
    public async Task Should_refuse_to_overwrite_what_another_wrote()
    {
        var grain = Grain("contested");
        await grain.Write("mine");
        await OverwriteAsync("contested");

        Assert.Equal("InconsistentStateException", await grain.TryWrite("mine again"));
        Assert.Equal("theirs", (await grain.Refresh()).Text);
    }

    [Fact]
    public async Task Should_activate_a_grain_anew_when_that_refusal_escapes_it()
    {
        var grain = Grain("stale");
        await grain.Write("mine");
        await OverwriteAsync("stale");

        await Assert.ThrowsAsync<Orleans.Storage.InconsistentStateException>(() => grain.Write("mine again"));
        var seen = await grain.Read();

        Assert.Equal(("theirs", 2), (seen.Text, seen.Incarnation));
    }

    public async ValueTask InitializeAsync() => cluster = await TestCluster.StartAsync(new() { Silo = Configure });

    public virtual ValueTask DisposeAsync() => Cluster.DisposeAsync();

    protected abstract void Configure(ISiloBuilder silo);

    /// <summary>Writes "theirs" to the state of the grain with this key, behind its back.</summary>
    protected abstract Task OverwriteAsync(string key);

    protected string KeyOf(string key) => $"{GetType().Name}:{key}";

    protected IStateGrain Grain(string key) => Cluster.Client.GetGrain<IStateGrain>(KeyOf(key), "WhatsSound.Tests.Engine.Grains.StateGrain");
}
