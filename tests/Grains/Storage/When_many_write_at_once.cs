using Dapper;
using Orleans.Storage;
using WhatsSound.Grains.Storage;

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
    public async Task Should_not_write_a_state_that_was_given_up_before_its_turn()
    {
        await using var test = TestDatabase.CreateSqlite();
        using var disk = new ManualResetEventSlim();
        var first = test.Database.WriteAsync(
            () =>
            {
                disk.Wait(Cancel);
                return Task.CompletedTask;
            },
            Cancel);
        var (inner, grainId) = (new MemoryStorage(), GrainId.Create("room", "room:jazz"));
        IGrainStorage storage = new GuardedGrainStorage(inner, test.Database);
        using var patience = new CancellationTokenSource();
        var writing = storage.WriteStateAsync("room", grainId, new GrainState<string>("a state"), patience.Token);
        try
        {
            await patience.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => writing.WaitAsync(TimeSpan.FromSeconds(20), Cancel));
        }
        finally
        {
            disk.Set();
        }

        await first;
        await test.Database.WriteAsync(static () => Task.CompletedTask, Cancel);
        Assert.False(inner.Has("room", grainId));
    }

    [Fact]
    public async Task Should_put_all_channels_that_wait_to_rest_in_the_turn_of_the_first()
    {
        await using var test = TestDatabase.CreateSqlite();
        var resting = new SqlRestingChannels(test.Database);
        using var disk = new ManualResetEventSlim();
        var first = test.Database.WriteAsync(
            () =>
            {
                disk.Wait(Cancel);
                return Task.CompletedTask;
            },
            Cancel);
        var rests = new List<Task> { RestAsync(1) };
        var between = test.Database.WriteAsync(() => CountAsync(test.Database), Cancel);
        rests.AddRange(Enumerable.Range(2, WritersCount - 1).Select(RestAsync));

        disk.Set();

        await first;
        await Task.WhenAll(rests);
        Assert.Equal(WritersCount, await between);

        Task RestAsync(int number) => resting.RestAsync($"c{number}", new("e", number), DateTimeOffset.UnixEpoch, Cancel);
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

    [Fact]
    public async Task Should_let_go_of_who_gives_up_a_write_that_runs_and_begin_no_other_before_it_is_done()
    {
        await using var test = TestDatabase.CreateSqlite();
        using var disk = new ManualResetEventSlim();
        using var givenUp = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        var begun = new TaskCompletionSource();
        var isDone = false;
        var first = test.Database.WriteAsync(
            () =>
            {
                begun.SetResult();
                disk.Wait(Cancel);
                isDone = true;
                return Task.CompletedTask;
            },
            givenUp.Token);
        await begun.Task;
        var second = test.Database.WriteAsync(() => Task.FromResult(isDone), Cancel);

        await givenUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        Assert.False(second.IsCompleted);
        disk.Set();
        Assert.True(await second);
    }

    private static async Task<long> CountAsync(Database database)
    {
        await using var connection = await database.DataSource.OpenConnectionAsync(Cancel);
        return await connection.QuerySingleAsync<long>("SELECT COUNT(*) FROM RestingChannel WHERE IsResting = 1");
    }
}
