using System.Globalization;
using System.Security.Cryptography;
using WhatsSound.Gateway.Identity;
using WhatsSound.Signatures;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Identity;

public sealed class When_a_request_is_signed
{
    private static readonly long AgeMaxMs = (long)SignatureTimes.AgeMax.TotalMilliseconds;
    private static readonly long AheadMaxMs = (long)SignatureTimes.AheadMax.TotalMilliseconds;

    [Fact]
    public async Task Should_be_taken_as_what_its_key_may()
    {
        using var keys = new Keys(Keys.Key(), Keys.Key("other", Keys.OtherSecret));

        var grant = (await keys.VerifyAsync(Keys.Sign(keys.NowMs))).Value!;

        Assert.Equal((Keys.Name, false), (grant.KeyName, grant is SessionIdentity));
        Assert.True(grant.Allows(Capability.Publish, "news:a") && grant.Allows(Capability.Subscribe, "news:a"));
        Assert.False(grant.Allows(Capability.Presence, "news:a") || grant.Allows(Capability.Publish, "other") || grant.IsAdmin);
    }

    [Fact]
    public async Task Should_be_taken_once()
    {
        using var keys = new Keys(Keys.Key());
        var signed = Keys.Sign(keys.NowMs);

        Assert.Null(await keys.CodeOfAsync(signed));
        Assert.Equal("REPLAYED", await keys.CodeOfAsync(signed));
        Assert.Null(await keys.CodeOfAsync(Keys.Sign(keys.NowMs, nonce: "nonce-02")));
        Assert.Equal("REPLAYED", await keys.CodeOfAsync(signed with { Signature = signed.Signature.ToUpperInvariant() }));
    }

    [Fact]
    public async Task Should_be_taken_by_one_of_two_gateways()
    {
        var cluster = new FakeCluster();
        using var first = new Keys(cluster, Keys.Key());
        using var second = new Keys(cluster, Keys.Key());
        var signed = Keys.Sign(first.NowMs);

        Assert.Null(await first.CodeOfAsync(signed));
        Assert.Equal("REPLAYED", await second.CodeOfAsync(signed));
    }

    [Fact]
    public async Task Should_be_taken_for_ten_minutes()
    {
        using var keys = new Keys(Keys.Key());

        Assert.Null(await keys.CodeOfAsync(Keys.Sign(keys.NowMs - AgeMaxMs)));
        Assert.Null(await keys.CodeOfAsync(Keys.Sign(keys.NowMs + AheadMaxMs)));
        Assert.Equal("SIGNATURE_EXPIRED", await keys.CodeOfAsync(Keys.Sign(keys.NowMs - AgeMaxMs - 1)));
        Assert.Equal("SIGNATURE_EXPIRED", await keys.CodeOfAsync(Keys.Sign(keys.NowMs + AheadMaxMs + 1)));
        Assert.Equal("SIGNATURE_EXPIRED", await keys.CodeOfAsync(Keys.Sign(0)));
        Assert.Equal("SIGNATURE_EXPIRED", await keys.CodeOfAsync(Keys.Sign(long.MaxValue)));
    }

    [Fact]
    public async Task Should_hear_what_time_it_is_where_its_clock_is_wrong()
    {
        using var keys = new Keys(Keys.Key());

        var refusal = (await keys.VerifyAsync(Keys.Sign(keys.NowMs / 1000))).Refusal!;

        Assert.Equal(("SIGNATURE_EXPIRED", keys.NowMs.ToString(CultureInfo.InvariantCulture), false), (refusal.Code, refusal.Detail, refusal.Retryable));
    }

    [Fact]
    public async Task Should_be_refused_with_any_byte_changed()
    {
        using var keys = new Keys(Keys.Key());
        var signed = Keys.Sign(keys.NowMs);

        foreach (var changed in (Credential.Signed[])
        [
            .. Changes(signed.Nonce).Select(nonce => signed with { Nonce = nonce }),
            .. Changes(signed.Method).Select(method => signed with { Method = method }),
            .. Changes(signed.Target).Select(target => signed with { Target = target }),
            .. Changes(signed.Signature).Select(signature => signed with { Signature = signature }),
            .. Changes(signed.KeyName).Select(name => signed with { KeyName = name }),
            .. Enumerable.Range(0, 32).Select(at => signed with { BodyHash = Changed(signed.BodyHash.ToArray(), at) }),
            signed with { TimeMs = signed.TimeMs + 1 },
            signed with { TimeMs = signed.TimeMs - 1 },
            signed with { Target = signed.Target + "&b=2" },
            signed with { Target = signed.Target + "\n" + Convert.ToHexStringLower(signed.BodyHash.Span) },
            signed with { BodyHash = SHA256.HashData("{ }"u8) },
            signed with { Signature = "" },
            signed with { Signature = signed.Signature[..62] },
            signed with { Signature = signed.Signature + "00" },
            signed with { Signature = new string('0', 64) },
            signed with { Signature = new string('g', 64) },
            signed with { Signature = new string('é', 64) },
        ])
            Assert.True(await keys.CodeOfAsync(changed) == "SIGNATURE_INVALID", changed.ToString());
        Assert.Equal(0, keys.Used.Count);
        Assert.Null(await keys.CodeOfAsync(signed));
    }

    /// <summary>Who asks learns nothing of which names keys have, nor uses up anything of one.</summary>
    [Fact]
    public async Task Should_be_answered_the_same_for_a_name_that_no_key_has()
    {
        using var keys = new Keys(Keys.Key());

        var unknown = (await keys.VerifyAsync(Keys.Sign(keys.NowMs, "nobody"))).Refusal;
        var wrong = (await keys.VerifyAsync(Keys.Sign(keys.NowMs, secret: "something else that is long enough, too"))).Refusal;

        Assert.Equal("SIGNATURE_INVALID", unknown!.Code);
        Assert.Equal(unknown, wrong);
        Assert.Equal(0, keys.Used.Count);
    }

    [Fact]
    public async Task Should_be_refused_while_it_cannot_be_known_whether_it_was_used()
    {
        using var keys = new Keys(Keys.Key());
        keys.Used.Fault = static () => throw new StorageUnavailableException("The database is away.");

        var refusal = (await keys.VerifyAsync(Keys.Sign(keys.NowMs))).Refusal!;

        Assert.Equal(("NOT_READY", true, 2_000L), (refusal.Code, refusal.Retryable, refusal.RetryAfterMs));
    }

    [Fact]
    public async Task Should_wait_for_that_two_seconds_at_most()
    {
        using var keys = new Keys(Keys.Key());
        var asked = new TaskCompletionSource();
        keys.Used.Fault = () =>
        {
            asked.SetResult();
            return Task.Delay(Timeout.Infinite, TestContext.Current.CancellationToken);
        };

        var verifying = keys.CodeOfAsync(Keys.Sign(keys.NowMs));
        await asked.Task;
        Assert.False(verifying.IsCompleted);
        keys.Tokens.Time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("NOT_READY", await verifying);
    }

    private static IEnumerable<string> Changes(string text) => Enumerable.Range(0, text.Length).Select(at => $"{text[..at]}{(text[at] == 'b' ? 'c' : 'b')}{text[(at + 1)..]}");

    private static byte[] Changed(byte[] bytes, int at)
    {
        bytes[at] ^= 1;
        return bytes;
    }
}
