using WhatsSound.Signatures;

namespace WhatsSound.Tests.Grains.Signatures;

/// <summary>Signed requests count once in the cluster, whatever becomes of the silo that remembers them.</summary>
[Collection(ClusterTests.Name)]
public sealed class When_a_signature_is_used(TestCluster cluster)
{
    private static int _keysMade;

    private readonly string _key = $"key-{Interlocked.Increment(ref _keysMade)}";

    private ISignaturesGrain Grain => cluster.Grains.GetGrain<ISignaturesGrain>(ISignaturesGrain.KeyOf(_key));

    private long NowMs => cluster.Time.GetUtcNow().ToUnixTimeMilliseconds();

    [Fact]
    public async Task Should_take_it_once()
    {
        var one = At(NowMs);

        Assert.Null(await CodeOfAsync(one));
        Assert.Equal("REPLAYED", await CodeOfAsync(one));
        Assert.Null(await CodeOfAsync(At(NowMs)));
    }

    [Fact]
    public async Task Should_take_it_once_of_many_at_once()
    {
        var one = At(NowMs);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => CodeOfAsync(one)));

        Assert.Single(answers, static code => code is null);
        Assert.Equal(49, answers.Count(static code => code == "REPLAYED"));
    }

    [Fact]
    public async Task Should_not_take_it_again_after_its_silo_was_killed()
    {
        var one = At(NowMs);
        await Grain.UseAsync(one);

        await cluster.KillSiloOfAsync(Grain);
        var answer = await TestCluster.RetryAsync(() => Grain.UseAsync(one));

        Assert.Equal(("NOT_READY", true), (answer.Refusal!.Code, answer.Refusal.Retryable));
        Assert.InRange(answer.Refusal.RetryAfterMs!.Value, 1, 2_001);
        Assert.Null(await CodeOfAsync(At(NowMs + answer.Refusal.RetryAfterMs.Value)));
    }

    [Fact]
    public async Task Should_not_take_it_again_after_it_was_put_down()
    {
        var one = At(NowMs);
        await Grain.UseAsync(one);

        await cluster.DeactivateAsync(Grain);

        Assert.Equal("NOT_READY", await CodeOfAsync(one));
        Assert.Null(await CodeOfAsync(At(NowMs + 2_001)));
    }

    /// <summary>A clock that is ahead: what it signed before the crash is not taken for something new.</summary>
    [Fact]
    public async Task Should_not_take_one_again_that_a_fast_clock_has_signed()
    {
        var fast = At(NowMs + 60_000);
        await Grain.UseAsync(fast);

        await cluster.DeactivateAsync(Grain);

        Assert.Equal("NOT_READY", await CodeOfAsync(fast));
    }

    [Fact]
    public async Task Should_write_once_in_two_seconds_of_use()
    {
        for (var i = 0; i <= 100; i++)
            Assert.Null(await CodeOfAsync(At(NowMs + (i * 40))));

        Assert.Equal(2, cluster.Storage.WritesBegunOf("key-signatures", Grain.GetGrainId()));
    }

    [Fact]
    public async Task Should_take_none_that_could_not_be_written()
    {
        cluster.Storage.FailWrites(1);
        await Assert.ThrowsAnyAsync<Exception>(() => Grain.UseAsync(At(NowMs)));

        Assert.Null(await TestCluster.RetryAsync(() => CodeOfAsync(At(NowMs))));
    }

    [Fact]
    public async Task Should_not_take_again_what_was_written_without_an_answer()
    {
        var one = At(NowMs);
        cluster.Storage.LoseAnswers(1);
        await Assert.ThrowsAnyAsync<Exception>(() => Grain.UseAsync(one));

        Assert.Equal("NOT_READY", await TestCluster.RetryAsync(() => CodeOfAsync(one)));
    }

    [Fact]
    public async Task Should_leave_other_keys_alone()
    {
        var one = At(NowMs);
        await Grain.UseAsync(one);

        var other = await cluster.Grains.GetGrain<ISignaturesGrain>(ISignaturesGrain.KeyOf($"{_key}.other")).UseAsync(one);

        Assert.False(other.IsRefused);
    }

    private async Task<string?> CodeOfAsync(UsedSignature signature) => (await Grain.UseAsync(signature)).Refusal?.Code;

    private static UsedSignature At(long timeMs) => new() { Half = Guid.NewGuid(), TimeMs = timeMs };
}
