namespace WhatsSound.Tests.Grains.Orleans;

/// <summary>
/// The door answers TIMEOUT with "the outcome is unknown; the same id has one effect" (<c>CallFailures</c>): a call goes on though its caller has given
/// up. A lane's batch has a bound of its own on the observer's method, below that of the cluster (<c>ILaneReceiver</c>).
/// </summary>
[Collection(ClusterTests.Name)]
public sealed class When_a_call_is_not_answered_in_time(TestCluster cluster)
{
    [Fact]
    public async Task Should_be_carried_out_all_the_same()
    {
        var grain = cluster.Grains.GetGrain<IFactGrain>("fact:late");
        await grain.PassAsync();
        var late = grain.HoldBrieflyAsync();
        await Happenings.Of("fact:late").UntilAsync("in");

        await Assert.ThrowsAsync<TimeoutException>(() => late);
        Assert.False(Happenings.Of("fact:late").HasHappened("out"));

        Happenings.Of("fact:late").Tell("go");

        await Happenings.Of("fact:late").UntilAsync("out");
    }

    [Fact]
    public async Task Should_fail_after_the_time_of_an_observers_method()
    {
        var observer = new FactObserver(new TaskCompletionSource().Task);
        var reference = cluster.Client.CreateObjectReference<IFactObserver>(observer);

        var failure = await Assert.ThrowsAsync<TimeoutException>(() => cluster.Grains.GetGrain<IFactGrain>("fact:asking").AskAsync(reference));

        Assert.Contains("00:00:00.3", failure.Message);
        GC.KeepAlive(observer);
    }
}
