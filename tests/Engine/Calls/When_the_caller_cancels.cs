using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Calls;

public sealed class When_the_caller_cancels(SharedCluster cluster)
{
    [Fact]
    public async Task Should_cancel_the_token_of_the_callee_and_fail_the_caller()
    {
        var probe = Probe.Of("cancelled");
        using var cancellation = new CancellationTokenSource();

        var call = cluster.Client.GetGrain<ITurnGrain>("cancelled").WaitForCancellation(cancellation.Token);
        await probe.Marked("waiting");
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => call);
        await probe.Marked("cancelled");
    }

    [Fact]
    public async Task Should_not_send_a_call_that_is_cancelled_already()
    {
        var grain = cluster.Client.GetGrain<ITurnGrain>("cancelled-before");

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => grain.WaitForCancellation(new(canceled: true)));
        await grain.Record("after");

        Assert.Equal(["after"], Probe.Of("cancelled-before").Entries);
    }
}
