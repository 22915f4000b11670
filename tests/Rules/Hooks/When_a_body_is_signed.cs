using System.Security.Cryptography;
using System.Text;
using WhatsSound.Hooks;

namespace WhatsSound.Tests.Rules.Hooks;

public sealed class When_a_body_is_signed
{
    private const string Secret = "0123456789abcdef0123456789abcdef";

    [Fact]
    public void Should_be_hmac_sha256_over_the_time_a_dot_and_the_body()
    {
        var expected = HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), "1700000000000.{\"events\":[]}"u8);

        Assert.Equal($"t=1700000000000,v1={Convert.ToHexString(expected).ToLowerInvariant()}", HookSignature.Of([Secret], 1_700_000_000_000, "{\"events\":[]}"u8));
    }

    [Fact]
    public void Should_stay_the_same() =>
        Assert.Equal("t=1,v1=1642a706b2e4d9fa8663449a8826d942c133b097231992683d5a44c2afc57499", HookSignature.Of([Secret], 1, "{}"u8));

    [Fact]
    public void Should_have_a_signature_of_each_secret()
    {
        var other = new string('x', 40);
        var both = HookSignature.Of([Secret, other], 1, "{}"u8);

        Assert.Equal($"{HookSignature.Of([Secret], 1, "{}"u8)},{HookSignature.Of([other], 1, "{}"u8)[4..]}", both);
    }

    [Fact]
    public void Should_be_another_for_another_time_body_or_secret() =>
        Assert.Equal(4, new[] { Of(Secret, 1, "{}"), Of(Secret, 2, "{}"), Of(Secret, 1, "{ }"), Of(Secret + "0", 1, "{}") }.Distinct().Count());

    private static string Of(string secret, long timeMs, string body) => HookSignature.Of([secret], timeMs, Encoding.UTF8.GetBytes(body)).Split("v1=")[1];
}
