using System.Runtime.CompilerServices;
using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Observers;

public sealed class When_an_object_observes_a_grain(SharedCluster cluster)
{
    [Fact]
    public async Task Should_answer_the_grain()
    {
        var (speaker, listener, _) = await Subscribe("answering");

        Assert.Equal("heard news", await speaker.Tell("news"));
        Assert.Equal(nameof(InvalidOperationException), await speaker.Tell("bad"));

        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task Should_hear_one_thing_after_the_other()
    {
        var (speaker, listener, probe) = await Subscribe("sequential");

        await speaker.TellOneWay("slow");
        await probe.Marked("in slow");
        await speaker.TellOneWay("a");
        await speaker.TellOneWay("b");
        Assert.False(probe.IsMarked("in a"));
        probe.Mark("go slow");
        await probe.Marked("out b");

        Assert.Equal(["in slow", "out slow", "in a", "out a", "in b", "out b"], probe.Entries);
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task Should_be_one_listener_however_often_it_subscribes()
    {
        var speaker = cluster.Client.GetGrain<ISpeakerGrain>("once-only");
        var listener = new Listener(Probe.Of("once-only"));
        var reference = cluster.Client.CreateObjectReference<IListener>(listener);

        await speaker.Subscribe(reference);
        await speaker.Subscribe(reference);

        Assert.Equal(1, await speaker.Count());
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task Should_not_answer_after_its_reference_was_deleted()
    {
        var speaker = cluster.Client.GetGrain<ISpeakerGrain>("deleted");
        var listener = new Listener(Probe.Of("deleted"));
        var reference = cluster.Client.CreateObjectReference<IListener>(listener);
        await speaker.Subscribe(reference);

        cluster.Client.DeleteObjectReference<IListener>(reference);

        Assert.Equal(nameof(TimeoutException), await speaker.Tell("news"));
        Assert.Empty(Probe.Of("deleted").Entries);
        GC.KeepAlive(listener);
    }

    [Fact]
    public async Task Should_not_be_kept_alive_by_its_reference()
    {
        var speaker = cluster.Client.GetGrain<ISpeakerGrain>("collected");
        var (subscribing, listener) = SubscribeAndForget(speaker);
        await subscribing;

        for (var i = 0; i < 10 && listener.IsAlive; i++) GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true);

        Assert.Equal(nameof(TimeoutException), await speaker.Tell("news"));
        Assert.Empty(Probe.Of("collected").Entries);
    }

    [Fact]
    public async Task Should_be_a_grain_too()
    {
        await cluster.Client.GetGrain<ISpeakerGrain>("listening-grain").ListenTo("grain-speaker");

        var speaker = cluster.Client.GetGrain<ISpeakerGrain>("grain-speaker");
        Assert.Equal("listening-grain heard news", await speaker.Tell("news"));
        await speaker.TellOneWay("more");
        await Probe.Of("listening-grain").Marked("more");
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private (Task Subscribing, WeakReference Listener) SubscribeAndForget(ISpeakerGrain speaker)
    {
        var listener = new Listener(Probe.Of("collected"));
        return (speaker.Subscribe(cluster.Client.CreateObjectReference<IListener>(listener)), new(listener));
    }

    private async Task<(ISpeakerGrain Speaker, Listener Listener, Probe Probe)> Subscribe(string key)
    {
        var speaker = cluster.Client.GetGrain<ISpeakerGrain>(key);
        var listener = new Listener(Probe.Of(key));
        await speaker.Subscribe(cluster.Client.CreateObjectReference<IListener>(listener));
        return (speaker, listener, Probe.Of(key));
    }
}
