using WhatsSound.Channels;

namespace WhatsSound.Tests.Grains.Channels;

/// <summary>One account within its limits makes channels and fills them: the silo keeps to its bound, and says what is lost.</summary>
public sealed class When_a_silo_has_no_room_for_histories : IAsyncLifetime
{
    private const int FullMax = 16;

    private readonly TestCluster _cluster = new() { SilosCount = 1, HistoryBytesMax = FullMax * 1024 * 1024 };

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Should_let_go_of_the_oldest_and_tell_whoever_comes_back_for_it()
    {
        var old = Channel.New(_cluster);
        await old.AttachAsync();
        var start = await old.HeadAsync();
        await When_nobody_listens.PublishAsync(old, count: 15, bytes: 64 * 1024);
        Assert.Equal(Verdict.Recovered, (await old.RecoverAsync(start)).Verdict);

        var last = old;
        for (var i = 0; i <= FullMax; i++)
        {
            last = Channel.New(_cluster);
            await last.AttachAsync();
            await When_nobody_listens.PublishAsync(last, count: 15, bytes: 64 * 1024);
        }

        await old.BarrierAsync();
        var lost = await old.RecoverAsync(start);
        Assert.Equal((Verdict.Lost, 1, 15), (lost.Verdict, lost.LostFrom, lost.LostTo));
        Assert.Equal(Verdict.Recovered, (await last.RecoverAsync((await last.HeadAsync()) with { Offset = 0 })).Verdict);
        Assert.Equal(start with { Offset = 15 }, await old.HeadAsync());
        Assert.Equal(Verdict.Recovered, (await old.RecoverAsync(await old.HeadAsync())).Verdict);
    }
}
