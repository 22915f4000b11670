using WhatsSound.Grains.Signatures;
using WhatsSound.Signatures;

namespace WhatsSound.Tests.Rules.Signatures;

public sealed class When_signatures_are_used
{
    private const long NowMs = 1_800_000_000_000;

    private static readonly long AgeMaxMs = (long)SignatureTimes.AgeMax.TotalMilliseconds;

    [Fact]
    public void Should_take_each_once()
    {
        var used = new UsedSignatures(10, forgottenUpToMs: 0);
        var one = At(NowMs);

        Assert.Equal(SignatureUse.First, used.Use(one, NowMs));
        Assert.Equal(SignatureUse.Again, used.Use(one, NowMs));
        Assert.Equal(SignatureUse.First, used.Use(At(NowMs), NowMs));
        Assert.Equal(SignatureUse.Again, used.Use(one, NowMs + AgeMaxMs));
    }

    /// <summary>In memory each is of a second: those that are left of the second that is over are not taken for new ones.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(999)]
    [InlineData(1_000)]
    [InlineData(100_000)]
    public void Should_take_none_again_that_was_forgotten(long laterMs)
    {
        var used = new UsedSignatures(10, forgottenUpToMs: 0);
        var one = At(NowMs + 7);
        used.Use(one, NowMs);

        Assert.NotEqual(SignatureUse.First, used.Use(one, NowMs + AgeMaxMs + laterMs));
    }

    [Fact]
    public void Should_take_none_of_a_time_of_which_nothing_is_known()
    {
        var used = new UsedSignatures(10, forgottenUpToMs: NowMs);

        Assert.Equal(SignatureUse.Forgotten, used.Use(At(NowMs), NowMs));
        Assert.Equal(SignatureUse.First, used.Use(At(NowMs + 1), NowMs));
        Assert.Equal(NowMs, used.ForgottenUpToMs);
    }

    [Fact]
    public void Should_remember_so_many_and_say_when_there_is_room()
    {
        var used = new UsedSignatures(2, forgottenUpToMs: 0);
        used.Use(At(NowMs), NowMs);
        used.Use(At(NowMs + 5_000), NowMs);

        Assert.Equal(SignatureUse.Full, used.Use(At(NowMs + 5_000), NowMs));
        Assert.Equal(2, used.Count);
        Assert.Equal(SignatureUse.Full, used.Use(At(used.RoomAtMs), used.RoomAtMs - 1));
        Assert.Equal(SignatureUse.First, used.Use(At(used.RoomAtMs), used.RoomAtMs));
    }

    [Fact]
    public void Should_forget_what_is_over()
    {
        var used = new UsedSignatures(1_000, forgottenUpToMs: 0);
        for (var i = 0; i < 100; i++)
            used.Use(At(NowMs + (i * 1_000)), NowMs);

        used.Use(At(NowMs + (2 * AgeMaxMs)), NowMs + (2 * AgeMaxMs));

        Assert.Equal(1, used.Count);
    }

    /// <summary>By a server's clock that is anywhere, and clients' that are off.</summary>
    [Fact]
    public void Should_never_take_one_twice_nor_refuse_a_new_one()
    {
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var used = new UsedSignatures(int.MaxValue, forgottenUpToMs: 0);
            var taken = new HashSet<UsedSignature>();
            var made = new List<UsedSignature>();
            var nowMs = NowMs;
            for (var step = 0; step < 300; step++)
            {
                nowMs += random.Next(10_000);
                var signature = made.Count > 0 && random.Next(2) == 0 ? made[random.Next(made.Count)] : At(nowMs + random.Next(-(int)AgeMaxMs + 1, 60_000));
                made.Add(signature);

                var use = used.Use(signature, nowMs);

                Assert.True(use != SignatureUse.First || taken.Add(signature), $"Seed {seed}, step {step}: taken twice.");
                Assert.True(use == SignatureUse.First || taken.Contains(signature) || signature.TimeMs < nowMs - AgeMaxMs, $"Seed {seed}, step {step}: {use} for a new one.");
            }
        }
    }

    private static UsedSignature At(long timeMs) => new() { Half = Guid.NewGuid(), TimeMs = timeMs };
}
