using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Grains.Storage;

/// <summary>What a database promises of channels at rest.</summary>
public abstract class RestingChannelsContract(StorageProvider provider)
{
    private static readonly DateTimeOffset Now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_begin_a_new_epoch_where_nothing_is_known()
    {
        await using var test = await TestDatabase.CreateAsync(provider);

        Assert.Equal(new(new("e1", 0), IsResumed: false), await Of(test).TakeAsync("c", "e1", Now, Cancel));
    }

    [Fact]
    public async Task Should_answer_a_position_once()
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        await Of(test).TakeAsync("c", "e1", Now, Cancel);
        await Of(test).RestAsync("c", new("e1", 7), Now, Cancel);

        Assert.Equal(new(new("e1", 7), IsResumed: true), await Of(test).TakeAsync("c", "e2", Now, Cancel));

        // As after a crash: nobody has put it to rest again.
        Assert.Equal(new(new("e3", 0), IsResumed: false), await Of(test).TakeAsync("c", "e3", Now, Cancel));
    }

    [Fact]
    public async Task Should_say_whose_a_channel_is_and_whether_it_rests_and_leave_it_so()
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        Assert.Null(await Of(test).ReadAsync("c", Cancel));
        await Of(test).TakeAsync("c", "e1", Now, Cancel);
        Assert.Equal(new RestedPosition(new("e1", 0), IsResumed: false), await Of(test).ReadAsync("c", Cancel));
        await Of(test).RestAsync("c", new("e1", 7), Now, Cancel);

        Assert.Equal(new RestedPosition(new("e1", 7), IsResumed: true), await Of(test).ReadAsync("c", Cancel));

        Assert.Equal(new(new("e1", 7), IsResumed: true), await Of(test).TakeAsync("c", "e2", Now, Cancel));
        Assert.Equal(new RestedPosition(new("e1", 0), IsResumed: false), await Of(test).ReadAsync("c", Cancel));
    }

    [Fact]
    public async Task Should_answer_a_position_to_one_of_many()
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        await Of(test).RestAsync("c", new("e1", 7), Now, Cancel);

        var taken = await Task.WhenAll(Enumerable.Range(2, 8).Select(epoch => Task.Run(() => Of(test).TakeAsync("c", $"e{epoch}", Now, Cancel))));

        Assert.Single(taken, position => position.IsResumed);
    }

    [Fact]
    public async Task Should_not_let_an_activation_that_was_taken_over_put_it_to_rest()
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        await Of(test).TakeAsync("c", "e1", Now, Cancel);
        await Of(test).TakeAsync("c", "e2", Now, Cancel);

        await Of(test).RestAsync("c", new("e1", 7), Now, Cancel);

        Assert.False((await Of(test).TakeAsync("c", "e3", Now, Cancel)).IsResumed);
    }

    [Fact]
    public async Task Should_forget_what_rests_too_long_and_nothing_else()
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        var later = Now + TimeSpan.FromHours(1);
        for (var channel = 0; channel < 1_200; channel++)
            await Of(test).RestAsync($"old{channel}", new("e", channel), Now, Cancel);
        await Of(test).RestAsync("young", new("e", 1), later, Cancel);
        await Of(test).TakeAsync("active", "e", Now, Cancel);

        Assert.Equal(1_200, await Of(test).SweepAsync(Now + SqlRestingChannels.RestMax, Cancel));

        Assert.False((await Of(test).TakeAsync("old7", "n", later, Cancel)).IsResumed);
        Assert.True((await Of(test).TakeAsync("young", "n", later, Cancel)).IsResumed);
        await Of(test).RestAsync("active", new("other", 1), later, Cancel);
        Assert.False((await Of(test).TakeAsync("active", "n", later, Cancel)).IsResumed);
    }

    private static SqlRestingChannels Of(TestDatabase test) => new(test.Database);
}

public sealed class When_channels_rest_in_sqlite() : RestingChannelsContract(StorageProvider.Sqlite);

public sealed class When_channels_rest_in_postgresql() : RestingChannelsContract(StorageProvider.Postgresql);
