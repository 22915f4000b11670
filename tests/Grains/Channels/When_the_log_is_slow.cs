using WhatsSound.Channels;

namespace WhatsSound.Tests.Grains.Channels;

[Collection(ClusterTests.Name)]
public sealed class When_the_log_is_slow(TestCluster cluster)
{
    private const int ReadersCount = 200;

    [Fact]
    public async Task Should_publish_while_many_recover()
    {
        var channel = Channel.New(cluster, "user:*:activity");
        var head = await channel.PublishAsync(600);
        var hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Log.HoldReads(channel.Name, hold.Task);
        var recoveries = Enumerable.Range(0, ReadersCount).Select(_ => channel.RecoverAsync(head with { Offset = 10 })).ToList();
        await Eventually.BecomesTrueAsync(() => cluster.Log.WaitingReads == ReadersCount);

        // No recovery is answered before these are.
        var later = await channel.PublishAsync(20);
        Assert.DoesNotContain(recoveries, recovery => recovery.IsCompleted);
        hold.SetResult();

        foreach (var recovery in await Task.WhenAll(recoveries))
        {
            Assert.Equal((Verdict.Recovered, head), (recovery.Verdict, recovery.Position));
            Assert.Equal(Enumerable.Range(11, 590).Select(offset => (long)offset), recovery.Publications.Select(publication => publication.Offset));
        }

        Assert.Equal(20, (await channel.RecoverAsync(head)).Publications.Length);
        Assert.Equal(620, later.Offset);
    }

    [Fact]
    public async Task Should_publish_while_many_read_pages()
    {
        var channel = Channel.New(cluster, "user:*:activity");
        var head = await channel.PublishAsync(1_000);
        var hold = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        cluster.Log.HoldReads(channel.Name, hold.Task);
        var pages = Enumerable.Range(0, ReadersCount).Select(_ => channel.Grain.ReadHistoryAsync(new() { CountMax = 1_000 })).ToList();
        await Eventually.BecomesTrueAsync(() => cluster.Log.WaitingReads == ReadersCount);

        await channel.PublishAsync(20);
        Assert.DoesNotContain(pages, page => page.IsCompleted);
        hold.SetResult();

        foreach (var page in await Task.WhenAll(pages))
        {
            Assert.Equal((head, true), (page.Position, page.IsComplete));
            Assert.Equal(Enumerable.Range(1, 1_000).Select(offset => (long)offset), page.Publications.Select(publication => publication.Offset));
        }
    }

    [Fact]
    public async Task Should_stop_reading_a_page_for_who_has_gone()
    {
        var channel = Channel.New(cluster, "user:*:activity");
        await channel.PublishAsync(3);
        cluster.Log.HoldReads(channel.Name, new TaskCompletionSource().Task);
        using var gone = new CancellationTokenSource();
        var page = channel.Grain.ReadHistoryAsync(new() { FromMs = 1, CountMax = 10 }, gone.Token);
        await Eventually.BecomesTrueAsync(() => cluster.Log.WaitingReads == 1);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => page);
        await Eventually.BecomesTrueAsync(() => cluster.Log.WaitingReads == 0);
    }

    [Fact]
    public async Task Should_stop_reading_for_who_has_gone()
    {
        var channel = Channel.New(cluster, "user:*:activity");
        var head = await channel.PublishAsync(600);
        cluster.Log.HoldReads(channel.Name, new TaskCompletionSource().Task);
        using var gone = new CancellationTokenSource();
        var recovery = channel.Grain.RecoverAsync(new() { Since = head with { Offset = 10 } }, gone.Token);
        await Eventually.BecomesTrueAsync(() => cluster.Log.WaitingReads == 1);

        await gone.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => recovery);
        await Eventually.BecomesTrueAsync(() => cluster.Log.WaitingReads == 0);
    }

    [Theory]
    [InlineData(10L)]
    [InlineData(null)]
    public async Task Should_say_that_there_is_no_storage_where_it_is_not_read_in_time(long? since)
    {
        var channel = Channel.New(cluster, "user:*:activity");
        var head = await channel.PublishAsync(600);
        // A channel that comes to life reads the log too.
        if (since is null)
            await cluster.DeactivateAsync(channel.Grain);
        cluster.Log.HoldReads(channel.Name, new TaskCompletionSource().Task);
        var recovery = channel.Grain.RecoverAsync(since is { } offset ? new() { Since = head with { Offset = offset } } : new());
        await Eventually.BecomesTrueAsync(() => cluster.Log.WaitingReads == 1);

        cluster.Time.Advance(TimeSpan.FromSeconds(6));

        await Assert.ThrowsAsync<StorageUnavailableException>(() => recovery);
        await Eventually.BecomesTrueAsync(() => cluster.Log.WaitingReads == 0);
    }
}
