using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Identity.Sources;

namespace WhatsSound.Tests.Gateway.Identity;

/// <summary>Who issued a token, for whom, and for when: at the edges, with a clock that stands.</summary>
public sealed class When_a_token_is_for_somebody
{
    private const string Issuer = "https://login.example";

    private static readonly TokenSigner Signer = TokenSigner.Ec("ec");
    private static readonly TokenSigner Own = TokenSigner.Secret(Verification.Secret);

    [Theory]
    [InlineData("""{"iss":"https://login.example","aud":"app"}""", true)]
    [InlineData("""{"iss":"https://login.example","aud":["other","app"]}""", true)]
    [InlineData("""{"iss":"https://second.example","aud":"web"}""", true)]
    [InlineData("""{"iss":"https://login.example/","aud":"app"}""", false)]
    [InlineData("""{"iss":"https://LOGIN.example","aud":"app"}""", false)]
    [InlineData("""{"iss":"https://login.example.attacker.example","aud":"app"}""", false)]
    [InlineData("""{"iss":["https://login.example"],"aud":"app"}""", false)]
    [InlineData("""{"iss":null,"aud":"app"}""", false)]
    [InlineData("""{"iss":"","aud":"app"}""", false)]
    [InlineData("""{"aud":"app"}""", false)]
    [InlineData("""{"iss":"https://login.example"}""", false)]
    [InlineData("""{"iss":"https://login.example","aud":null}""", false)]
    [InlineData("""{"iss":"https://login.example","aud":""}""", false)]
    [InlineData("""{"iss":"https://login.example","aud":[]}""", false)]
    [InlineData("""{"iss":"https://login.example","aud":["other"]}""", false)]
    [InlineData("""{"iss":"https://login.example","aud":[["app"]]}""", false)]
    [InlineData("""{"iss":"https://login.example","aud":{"app":true}}""", false)]
    [InlineData("""{"iss":"https://login.example","aud":"App"}""", false)]
    [InlineData("""{"iss":"https://login.example","aud":"app "}""", false)]
    [InlineData("""{"iss":"https://login.example","aud":["\ud800","app"]}""", false)]
    public async Task Should_count_only_with_an_issuer_and_an_audience_that_are_taken(string claims, bool isTaken)
    {
        await using var server = await KeyServer.StartAsync(Signer);
        var settings = Verification.Of(new TokenSourceOptions { KeysUrl = server.KeysUrl, Issuers = { Issuer, "https://second.example" }, Audiences = { "app", "web" } });
        foreach (var issuer in (string[])[Issuer, "https://second.example"])
            settings.Issuers.Add(issuer);
        foreach (var audience in (string[])["app", "web"])
            settings.Audiences.Add(audience);
        using var verification = new Verification(settings);

        foreach (var signer in (TokenSigner[])[Signer, Own])
            Assert.Equal(isTaken ? null : RefusalCode.TokenInvalid, await verification.CodeOfAsync(signer.Sign(verification.Ada($",{claims.Trim('{', '}')}"))));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Should_be_an_administrators_of_another_issuer_only_where_that_is_said(bool mayAdminister)
    {
        await using var server = await KeyServer.StartAsync(Signer);
        using var verification = new Verification(new TokenSourceOptions { KeysUrl = server.KeysUrl, AnyAudience = true, MayAdminister = mayAdminister });
        var claims = verification.Ada(""","cap":{"*":["admin","publish"]}""");

        var (theirs, own) = ((await verification.Verifier.VerifyAsync(Signer.Sign(claims))).Value!, (await verification.Verifier.VerifyAsync(Own.Sign(claims))).Value!);

        Assert.Equal((mayAdminister, true), (theirs.IsAdmin, own.IsAdmin));
        Assert.True(theirs.Allows(Capability.Publish, "news"));
    }

    /// <summary>What is read of a token before its key is known is only ever a reason to refuse it, also where the clock goes on meanwhile.</summary>
    [Fact]
    public async Task Should_not_come_to_count_while_it_is_read_though_nobody_has_signed_it()
    {
        await using var server = await KeyServer.StartAsync(Signer);
        using var verification = new Verification(Verification.KeySetOf(server));
        var tokens = Enumerable.Range(55, 15).SelectMany(seconds => (string[])["nbf", "iat"], (seconds, claim) =>
            TokenSigner.Ec("unknown").Sign(verification.Ada($""","{claim}":{verification.At(TimeSpan.FromSeconds(seconds))}"""))).ToList();
        verification.Time.AutoAdvanceAmount = TimeSpan.FromSeconds(1);

        foreach (var token in tokens)
        {
            verification.Time.AdjustTime(DateTimeOffset.UnixEpoch.AddYears(56));
            Assert.NotNull(await verification.CodeOfAsync(token));
        }
    }

    [Theory]
    [InlineData("exp", 1, null)]
    [InlineData("exp", 0, RefusalCode.TokenExpired)]
    [InlineData("exp", -1, RefusalCode.TokenExpired)]
    [InlineData("nbf", 60, null)]
    [InlineData("nbf", 61, RefusalCode.TokenInvalid)]
    [InlineData("iat", 60, null)]
    [InlineData("iat", 61, RefusalCode.TokenInvalid)]
    [InlineData("iat", -1_000_000, null)]
    public async Task Should_count_to_the_second(string claim, int secondsAhead, string? code) =>
        await AssertTimesAsync(new IdentityOptions(), claim, secondsAhead, code);

    [Theory]
    [InlineData("exp", -29, null)]
    [InlineData("exp", -30, RefusalCode.TokenExpired)]
    [InlineData("nbf", 10, null)]
    [InlineData("nbf", 11, RefusalCode.TokenInvalid)]
    [InlineData("iat", 11, RefusalCode.TokenInvalid)]
    public async Task Should_count_as_far_off_as_clocks_may_be(string claim, int secondsAhead, string? code) =>
        await AssertTimesAsync(new IdentityOptions { ClockSkew = TimeSpan.FromSeconds(10), ExpirySkew = TimeSpan.FromSeconds(30) }, claim, secondsAhead, code);

    [Fact]
    public async Task Should_expire_for_its_connection_as_far_off_as_it_did_at_first()
    {
        using var verification = new Verification(new IdentityOptions { SigningKey = Verification.Secret, ExpirySkew = TimeSpan.FromSeconds(30) });
        var grant = (await verification.Verifier.VerifyAsync(Own.Sign($$"""{"sub":"ada","exp":{{verification.At(TimeSpan.FromSeconds(10))}}}"""))).Value!;

        verification.Time.Advance(TimeSpan.FromSeconds(39));
        Assert.False(verification.Verifier.IsExpired(grant));
        verification.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.True(verification.Verifier.IsExpired(grant));
    }

    [Theory]
    [InlineData("253402300799", null)]
    [InlineData("253402300800", RefusalCode.TokenInvalid)]
    [InlineData("1e400", RefusalCode.TokenInvalid)]
    [InlineData("-0.5", RefusalCode.TokenInvalid)]
    [InlineData("null", RefusalCode.TokenInvalid)]
    public async Task Should_not_fail_at_the_end_of_time(string expiresAt, string? code)
    {
        using var verification = new Verification(new IdentityOptions { SigningKey = Verification.Secret, ExpirySkew = TimeSpan.FromMinutes(10) });

        Assert.Equal(code, await verification.CodeOfAsync(Own.Sign($$"""{"sub":"ada","exp":{{expiresAt}}}""")));
    }

    [Theory]
    [InlineData("\"iat\":\"now\"")]
    [InlineData("\"iat\":null")]
    [InlineData("\"iat\":1700000000000")]
    public async Task Should_be_refused_where_it_does_not_say_when_it_was_issued(string claim)
    {
        using var verification = new Verification();

        Assert.Equal(RefusalCode.TokenInvalid, await verification.CodeOfAsync(Own.Sign(verification.Ada($",{claim}"))));
    }

    [Fact]
    public async Task Should_be_taken_as_before_where_it_says_none_of_that()
    {
        using var verification = new Verification();

        Assert.Null(await verification.CodeOfAsync(Own.Sign(verification.Ada())));
        Assert.Null(await verification.CodeOfAsync(Own.Sign(verification.Ada(""","iss":"anybody","aud":"other","jti":"8","role":["admin"]"""))));
    }

    [Fact]
    public async Task Should_not_be_a_guest_s_unless_this_server_signed_it()
    {
        await using var server = await KeyServer.StartAsync(Signer);
        using var verification = new Verification(Verification.KeySetOf(server));
        var guest = verification.Ada().Replace("ada", GuestSecrets.NewId(), StringComparison.Ordinal);

        Assert.Null(await verification.CodeOfAsync(Own.Sign(guest)));
        Assert.Equal(RefusalCode.TokenInvalid, await verification.CodeOfAsync(Signer.Sign(guest)));
    }

    private static async Task AssertTimesAsync(IdentityOptions settings, string claim, int secondsAhead, string? code)
    {
        await using var server = await KeyServer.StartAsync(Signer);
        settings.SigningKey = Verification.Secret;
        settings.Sources.Add(Verification.KeySetOf(server));
        using var verification = new Verification(settings);
        var expiresAt = claim == "exp" ? "" : $",\"exp\":{verification.At(TimeSpan.FromDays(1))}";
        var claims = $$"""{"sub":"ada","{{claim}}":{{verification.At(TimeSpan.FromSeconds(secondsAhead))}}{{expiresAt}}}""";

        foreach (var signer in (TokenSigner[])[Signer, Own])
            Assert.Equal(code, await verification.CodeOfAsync(signer.Sign(claims)));
    }
}
