namespace WhatsSound.Tests.Grains.Orleans;

/// <summary>
/// A channel tells its watchers, and a room the directory, one-way, so that neither waits for the other or fails with it (<c>IPresenceWatcher</c>).
/// </summary>
[Collection(ClusterTests.Name)]
public sealed class When_a_call_is_one_way(TestCluster cluster)
{
    [Fact]
    public async Task Should_neither_keep_the_caller_waiting_nor_tell_of_a_failure()
    {
        var grain = cluster.Grains.GetGrain<IFactGrain>("fact:one-way");
        var happenings = Happenings.Of("fact:one-way");

        await grain.HoldAndFailAsync();
        Assert.False(happenings.HasHappened("out"));
        await happenings.UntilAsync("in");
        happenings.Tell("go");

        await happenings.UntilAsync("out");
        await grain.PassAsync();
    }
}
