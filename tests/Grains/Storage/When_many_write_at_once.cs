namespace WhatsSound.Tests.Grains.Storage;

/// <summary>SQLite has one writer at a time, which may wait for the disk: the others wait in a row, and hold no thread meanwhile.</summary>
public sealed class When_many_write_at_once
{
    private const int WritersCount = 200;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_let_one_after_another_write_to_sqlite()
    {
        await using var test = TestDatabase.CreateSqlite();
        using var disk = new ManualResetEventSlim();
        var begun = new List<int>();
        var writing = Enumerable.Range(1, WritersCount).Select(number => test.Database.WriteAsync(() => WaitForTheDisk(number), Cancel)).ToList();

        // The pool has threads for what else there is to do, as long as the disk takes.
        await Task.WhenAll(Enumerable.Range(0, WritersCount).Select(_ => Task.Run(static () => { }, Cancel)));
        Assert.True(writing.TrueForAll(static one => !one.IsCompleted));
        disk.Set();
        await Task.WhenAll(writing);
        Assert.Equal(Enumerable.Range(1, WritersCount), begun);

        Task WaitForTheDisk(int number)
        {
            begun.Add(number);
            disk.Wait(Cancel);
            return Task.CompletedTask;
        }
    }

    [Fact]
    public async Task Should_not_write_what_was_given_up_before_its_turn()
    {
        await using var test = TestDatabase.CreateSqlite();
        using var disk = new ManualResetEventSlim();
        using var givenUp = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var isWritten = false;
        var first = test.Database.WriteAsync(
            () =>
            {
                disk.Wait(Cancel);
                return Task.CompletedTask;
            },
            Cancel);
        var second = test.Database.WriteAsync(
            () =>
            {
                isWritten = true;
                return Task.CompletedTask;
            },
            givenUp.Token);

        await givenUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => second);
        disk.Set();
        await first;
        Assert.False(isWritten);
    }
}
