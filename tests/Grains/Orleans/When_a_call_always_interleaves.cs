namespace WhatsSound.Tests.Grains.Orleans;

/// <summary>
/// Somebody talks while the room waits for its storage or a channel (<c>IChatRoom.GetChatStandingAsync</c>); every other command waits its turn.
/// </summary>
[Collection(ClusterTests.Name)]
public sealed class When_a_call_always_interleaves(TestCluster cluster)
{
    [Fact]
    public async Task Should_be_answered_while_another_call_runs_and_others_wait()
    {
        var grain = cluster.Grains.GetGrain<IFactGrain>("fact:interleaving");
        var holding = grain.HoldAsync();
        await Happenings.Of("fact:interleaving").UntilAsync("in");

        var waiting = grain.PassAsync();
        await grain.PassAlwaysAsync();
        Assert.False(waiting.IsCompleted);

        Happenings.Of("fact:interleaving").Tell("go");
        await Task.WhenAll(holding, waiting);
    }
}
