using System.Runtime.CompilerServices;

namespace WhatsSound.Tests.Grains.Orleans;

/// <summary>A reference does not keep its object alive: the gateway holds its end of the lanes in a field (<c>LaneSubscriber</c>).</summary>
[Collection(ClusterTests.Name)]
public sealed class When_an_observer_is_forgotten(TestCluster cluster)
{
    [Fact]
    public async Task Should_be_collected_and_answer_no_more()
    {
        var (reference, observer) = Observe();
        for (var i = 0; i < 10 && observer.IsAlive; i++)
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);

        Assert.False(observer.IsAlive);
        await Assert.ThrowsAsync<TimeoutException>(() => cluster.Grains.GetGrain<IFactGrain>("fact:forgotten").AskAsync(reference));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private (IFactObserver Reference, WeakReference Observer) Observe()
    {
        var observer = new FactObserver(Task.CompletedTask);
        return (cluster.Client.CreateObjectReference<IFactObserver>(observer), new(observer));
    }
}
