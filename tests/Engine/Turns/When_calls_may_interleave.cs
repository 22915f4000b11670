using WhatsSound.Tests.Engine.Fixture;
using WhatsSound.Tests.Engine.Grains;

namespace WhatsSound.Tests.Engine.Turns;

public sealed class When_calls_may_interleave(SharedCluster cluster)
{
    [Fact]
    public async Task Should_let_readers_pass_a_reader_and_writers_wait()
    {
        var probe = Probe.Of("readers");
        var grain = cluster.Client.GetGrain<ITurnGrain>("readers");

        var reader = grain.HoldReading("reader");
        await probe.Marked("in reader");
        var writer = grain.Record("writer");
        await grain.RecordReading("other reader");
        Assert.False(probe.IsMarked("writer"));
        probe.Mark("go reader");
        await Task.WhenAll(reader, writer);

        Assert.Equal(["in reader", "other reader", "out reader", "writer"], probe.Entries);
    }

    [Fact]
    public async Task Should_make_readers_wait_for_a_writer()
    {
        var probe = Probe.Of("writer-first");
        var grain = cluster.Client.GetGrain<ITurnGrain>("writer-first");

        var writer = grain.Hold("writer");
        await probe.Marked("in writer");
        var reader = grain.RecordReading("reader");
        await grain.RecordAlways("barrier");
        Assert.False(probe.IsMarked("reader"));
        probe.Mark("go writer");
        await Task.WhenAll(writer, reader);
    }

    [Fact]
    public async Task Should_let_always_interleaving_calls_pass_everything()
    {
        var probe = Probe.Of("always");
        var grain = cluster.Client.GetGrain<ITurnGrain>("always");

        var writer = grain.Hold("writer");
        await probe.Marked("in writer");
        await grain.RecordAlways("always");
        probe.Mark("go writer");
        await writer;

        Assert.Equal(["in writer", "always", "out writer"], probe.Entries);
    }

    [Fact]
    public async Task Should_let_all_calls_to_a_reentrant_grain_pass_each_other()
    {
        var probe = Probe.Of("reentrant");
        var grain = cluster.Client.GetGrain<IReentrantTurnGrain>("reentrant");

        var first = grain.Hold("first");
        await probe.Marked("in first");
        await grain.Record("second");
        probe.Mark("go first");
        await first;

        Assert.Equal(["in first", "second", "out first"], probe.Entries);
    }
}
