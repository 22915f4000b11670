using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Control;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Identity.Sources;

namespace WhatsSound.Tests.Gateway.Identity;

public sealed class When_a_token_is_verified
{
    private const string Secret = "a key for tests that is long enough to sign with";

    private readonly FakeTimeProvider _time = new();
    private readonly TokenVerifier _verifier;

    public When_a_token_is_verified()
    {
        _verifier = VerifierOf(new IdentityOptions { SigningKey = Secret });
    }

    private long Soon => _time.GetUtcNow().AddMinutes(1).ToUnixTimeSeconds();

    [Fact]
    public async Task Should_be_the_user_it_names()
    {
        var answer = await _verifier.VerifyAsync(Sign($$"""{"sub":"ada","name":"Ada","exp":{{Soon}},"cap":{"room:*":["subscribe","presence"]} }"""));

        var identity = Assert.IsType<SessionIdentity>(answer.Value);
        Assert.Equal(("ada", "Ada"), (identity.UserId, identity.DisplayName));
        Assert.True(identity.Allows(Capability.Subscribe, "room:jazz:chat"));
        Assert.False(identity.Allows(Capability.Publish, "room:jazz:chat"));
        Assert.False(identity.Allows(Capability.Subscribe, "news"));
    }

    [Fact]
    public async Task Should_be_nobody_only_where_no_subject_is_needed()
    {
        var verifier = VerifierOf(new IdentityOptions { SigningKey = Secret, SubjectRequired = false });
        var token = Sign($$"""{"exp":{{Soon}},"cap":{"open:*":["subscribe"]} }""");

        var grant = Assert.IsType<TokenGrant>((await verifier.VerifyAsync(token)).Value);

        Assert.True(grant.Allows(Capability.Subscribe, "open:news"));
        Assert.False(grant.Allows(Capability.Publish, "open:news"));
        Assert.Equal(RefusalCode.TokenInvalid, (await _verifier.VerifyAsync(token)).Refusal?.Code);
        Assert.Equal(RefusalCode.TokenInvalid, (await verifier.VerifyAsync(Sign($$"""{"sub":"","exp":{{Soon}}}"""))).Refusal?.Code);
    }

    [Theory]
    [InlineData("""{"sub":"ada"}""", "The token has no exp.")]
    [InlineData("""{"sub":"ada","exp":"1800000000"}""", "The token's exp must be a number of seconds since 1970.")]
    [InlineData("""{"sub":"ada","exp":1800000000000}""", "The token's exp must be a number of seconds since 1970.")]
    public async Task Should_say_what_is_wrong_with_its_end(string claims, string message) =>
        Assert.Equal((RefusalCode.TokenInvalid, message), await RefusalOfAsync(claims));

    [Fact]
    public async Task Should_expire_by_the_clock_of_the_program()
    {
        var token = Sign($$"""{"sub":"ada","exp":{{Soon}}}""");
        var identity = (await _verifier.VerifyAsync(token)).Value!;
        Assert.False(_verifier.IsExpired(identity));

        _time.Advance(TimeSpan.FromMinutes(1));

        Assert.True(_verifier.IsExpired(identity));
        Assert.Equal(RefusalCode.TokenExpired, (await _verifier.VerifyAsync(token)).Refusal?.Code);
    }

    [Theory]
    [InlineData("""{"exp":EXP}""")]
    [InlineData("""{"sub":"","exp":EXP}""")]
    [InlineData("""{"sub":"a\u0000","exp":EXP}""")]
    [InlineData("""{"sub":"ada"}""")]
    [InlineData("""{"sub":"ada","exp":-1}""")]
    [InlineData("""{"sub":"ada","exp":EXP,"cap":["subscribe"]}""")]
    [InlineData("""{"sub":"ada","exp":EXP,"cap":"{\"*\":[\"subscribe\"]}"}""")]
    [InlineData("""{"sub":"ada","exp":EXP,"cap":""}""")]
    [InlineData("""{"sub":"ada","exp":EXP,"cap":7}""")]
    [InlineData("""{"sub":"ada","exp":EXP,"cap":0.5}""")]
    [InlineData("""{"sub":"ada","exp":EXP,"cap":true}""")]
    [InlineData("""{"sub":"ada","exp":EXP,"cap":false}""")]
    [InlineData("""{"sub":"ada","exp":EXP,"cap":null}""")]
    [InlineData("""{"sub":"ada","exp":EXP,"cap":{"a\ud800":["subscribe"]}}""")]
    [InlineData("""{"sub":"ada","exp":EXP,"cap":{"a":["\ud800"]}}""")]
    [InlineData("""{"sub":"ada","exp":"EXP"}""")]
    [InlineData("""{"sub":7,"exp":EXP}""")]
    [InlineData("""{"sub":"a\ud800","exp":EXP}""")]
    [InlineData("""{"sub":"ada","exp":EXP,"nbf":"x"}""")]
    [InlineData("""{"sub":"ada","exp":EXP,"name":5}""")]
    [InlineData("""{"sub":"ada","exp":EXP,"name":"\u200b"}""")]
    [InlineData("""{"sub":"ada","exp":EXP,"name":"a\u202eb"}""")]
    [InlineData("""{"sub":"ada","exp":EXP,"name":"a\nb"}""")]
    [InlineData("""{"sub":"ada","exp":EXP,"cap":{"news":"subscribe"}}""")]
    [InlineData("""{"sub":"ada","exp":EXP,"cap":{"":["subscribe"]}}""")]
    [InlineData("""{"sub":"ada","exp":EXP,"name":"0123456789012345678901234567890123456789012345678901234567890123456789"}""")]
    public async Task Should_be_refused_where_a_claim_is_wrong(string claims)
    {
        var answer = await _verifier.VerifyAsync(Sign(claims.Replace("EXP", $"{Soon}", StringComparison.Ordinal)));

        Assert.Equal(RefusalCode.TokenInvalid, answer.Refusal?.Code);
    }

    [Theory]
    [InlineData(61, false)]
    [InlineData(59, true)]
    [InlineData(-10, true)]
    public async Task Should_count_only_from_its_nbf_but_for_a_minute_of_clock_skew(int secondsAhead, bool isTaken)
    {
        var notBefore = _time.GetUtcNow().AddSeconds(secondsAhead).ToUnixTimeSeconds();

        var answer = await _verifier.VerifyAsync(Sign($$"""{"sub":"ada","exp":{{Soon + 100}},"nbf":{{notBefore}}}"""));

        Assert.Equal(isTaken ? null : RefusalCode.TokenInvalid, answer.Refusal?.Code);
    }

    [Fact]
    public async Task Should_be_refused_without_cap_where_that_is_required()
    {
        var verifier = VerifierOf(new IdentityOptions { SigningKey = Secret, CapabilitiesRequired = true });

        Assert.Equal(RefusalCode.TokenInvalid, (await verifier.VerifyAsync(Sign($$"""{"sub":"ada","exp":{{Soon}}}"""))).Refusal?.Code);
        Assert.Null((await verifier.VerifyAsync(Sign($$"""{"sub":"ada","exp":{{Soon}},"cap":{} }"""))).Refusal);
    }

    [Fact]
    public async Task Should_be_refused_with_critical_headers_that_nobody_here_knows()
    {
        var token = SignAs("""{"alg":"HS256","crit":["b64"],"b64":true}""", $$"""{"sub":"ada","exp":{{Soon}}}""", Secret);

        Assert.Equal(RefusalCode.TokenInvalid, (await _verifier.VerifyAsync(token)).Refusal?.Code);
    }

    [Fact]
    public async Task Should_be_refused_where_the_signature_is_wrong()
    {
        var claims = $$"""{"sub":"ada","exp":{{Soon}}}""";

        foreach (var token in (string[])["", "x", "a.b.c", Sign(claims, key: "another key that is also long enough for this"), Sign(claims, "none"), Sign(claims)[..^2], new string('x', 20_000)])
            Assert.Equal(RefusalCode.TokenInvalid, (await _verifier.VerifyAsync(token)).Refusal?.Code);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("short")]
    public void Should_not_start_without_a_key_of_its_own(string? key) =>
        Assert.True(new IdentityOptionsValidator().Validate(null, new IdentityOptions { SigningKey = key }).Failed);

    private TokenVerifier VerifierOf(IdentityOptions settings)
    {
        var options = Options.Create(settings);
        return new TokenVerifier(new SigningKey(options), new KeySources([], settings.Keys, isDevelopment: false, _time, NullLoggerFactory.Instance), NoRevocations.Instance, options, _time);
    }

    private static string Sign(string claims, string algorithm = "HS256", string key = Secret)
    {
        var token = SignAs($$"""{"alg":"{{algorithm}}","typ":"JWT"}""", claims, key);
        return algorithm == "none" ? token[..(token.LastIndexOf('.') + 1)] : token;
    }

    private static string SignAs(string header, string claims, string key)
    {
        var head = $"{Encode(header)}.{Encode(claims)}";
        return $"{head}.{Base64Url.EncodeToString(HMACSHA256.HashData(Encoding.UTF8.GetBytes(key), Encoding.UTF8.GetBytes(head)))}";
    }

    private static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    private async Task<(string? Code, string? Message)> RefusalOfAsync(string claims)
    {
        var answer = await _verifier.VerifyAsync(Sign(claims));
        return (answer.Refusal?.Code, answer.Refusal?.Message);
    }
}
