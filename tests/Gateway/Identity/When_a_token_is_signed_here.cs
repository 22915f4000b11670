using System.Buffers.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Identity;

namespace WhatsSound.Tests.Gateway.Identity;

/// <summary>What the server signs itself says who issued it and when, under an id of its own.</summary>
public sealed class When_a_token_is_signed_here
{
    [Fact]
    public async Task Should_say_who_issued_it_when_and_under_which_id()
    {
        var settings = new IdentityOptions { SigningKey = Verification.Secret };
        using var verification = new Verification(settings);
        var issuer = IssuerOf(settings, verification);

        var token = issuer.Issue("ada", "Ada", verification.Time.GetUtcNow().AddHours(1));
        using var claims = ClaimsOf(token);
        using var others = ClaimsOf(issuer.Issue("ada", "Ada", verification.Time.GetUtcNow().AddHours(1)));

        Assert.Equal("whatssound", claims.RootElement.GetProperty("iss").GetString());
        Assert.Equal(verification.At(TimeSpan.Zero), claims.RootElement.GetProperty("iat").GetInt64());
        Assert.False(claims.RootElement.TryGetProperty("aud", out _));
        Assert.Matches("^[A-Za-z0-9_-]{22}$", claims.RootElement.GetProperty("jti").GetString());
        Assert.NotEqual(claims.RootElement.GetProperty("jti").GetString(), others.RootElement.GetProperty("jti").GetString());
        Assert.Null(await verification.CodeOfAsync(token));
    }

    [Fact]
    public async Task Should_be_taken_where_issuers_and_audiences_are_named()
    {
        var settings = new IdentityOptions { SigningKey = Verification.Secret, Issuer = "music.example" };
        settings.Issuers.Add("app.example");
        settings.Audiences.Add("music");
        settings.Audiences.Add("app");
        using var verification = new Verification(settings);

        var token = IssuerOf(settings, verification).Issue("ada", displayName: null, verification.Time.GetUtcNow().AddHours(1));
        using var claims = ClaimsOf(token);

        Assert.Equal(("music.example", "music"), (claims.RootElement.GetProperty("iss").GetString(), claims.RootElement.GetProperty("aud").GetString()));
        Assert.Null(await verification.CodeOfAsync(token));
    }

    [Fact]
    public async Task Should_say_when_to_the_millisecond()
    {
        var settings = new IdentityOptions { SigningKey = Verification.Secret };
        using var verification = new Verification(settings);
        verification.Time.Advance(TimeSpan.FromMilliseconds(123));

        var token = IssuerOf(settings, verification).Issue("ada", displayName: null, verification.Time.GetUtcNow().AddHours(1));

        Assert.Equal(verification.Time.GetUtcNow(), (await verification.Verifier.VerifyAsync(token)).Value?.IssuedAt);
    }

    [Fact]
    public async Task Should_be_known_by_what_it_was_asked_for_with()
    {
        var settings = new IdentityOptions { SigningKey = Verification.Secret };
        using var verification = new Verification(settings);
        var issuer = IssuerOf(settings, verification);
        var expiresAt = verification.Time.GetUtcNow().AddHours(1);

        var byKey = (await verification.Verifier.VerifyAsync(issuer.Issue("backend", null, expiresAt, null, TokenGiver.Of(new TokenGrant { KeyName = "k", ExpiresAt = expiresAt })))).Value!;
        var byToken = (await verification.Verifier.VerifyAsync(issuer.Issue("ada", null, expiresAt, null, TokenGiver.Of(byKey)))).Value!;

        // The user of a token is no server, whoever gave it.
        Assert.Equal((null, "k", "k", false), (byKey.KeyName, byKey.Facts.KeyName, byToken.Facts.KeyName, byToken.Facts.IsSecret));
        Assert.Equal((byKey.TokenId, "backend"), (byToken.Facts.GiverTokenId, byToken.Facts.GiverUserId));
    }

    [Fact]
    public async Task Should_end_where_it_says_whatever_clocks_may_differ_by()
    {
        var settings = new IdentityOptions { SigningKey = Verification.Secret, ExpirySkew = TimeSpan.FromMinutes(1) };
        using var verification = new Verification(settings);
        var expiresAt = verification.Time.GetUtcNow().AddHours(1);

        var grant = (await verification.Verifier.VerifyAsync(IssuerOf(settings, verification).Issue("ada", null, expiresAt))).Value!;

        Assert.Equal((expiresAt, expiresAt.AddMinutes(1)), (grant.StatedExpiry, grant.ExpiresAt));
    }

    [Fact]
    public void Should_not_be_signed_with_nothing()
    {
        var settings = new IdentityOptions();
        using var verification = new Verification(settings);

        Assert.Throws<InvalidOperationException>(() => IssuerOf(settings, verification).Issue("ada", displayName: null, verification.Time.GetUtcNow().AddHours(1)));
    }

    private static TokenIssuer IssuerOf(IdentityOptions settings, Verification verification) => new(new SigningKey(Options.Create(settings)), Options.Create(settings), verification.Time);

    private static JsonDocument ClaimsOf(string token) => JsonDocument.Parse(Base64Url.DecodeFromChars(token.Split('.')[1]));
}
