using System.Security.Cryptography;
using System.Text;

namespace WhatsSound.Tests.Gateway.Identity;

/// <summary>What a token says of its algorithm and its key chooses nothing that it should not: each key is for one algorithm, and is known by its source alone (RFC 8725, 2.1, 3.1).</summary>
public sealed class When_a_token_names_its_algorithm
{
    private static readonly TokenSigner Rsa = TokenSigner.Rsa("rsa");
    private static readonly TokenSigner Ec = TokenSigner.Ec("ec");
    private static readonly TokenSigner Attacker = TokenSigner.Rsa("attacker");
    private static readonly TokenSigner Own = TokenSigner.Secret(Verification.Secret);

    private static string KeySet => $$"""{"keys":[{{Rsa.Jwk}},{{Ec.Jwk}}]}""";

    /// <summary>A name, and a token by its claims.</summary>
    private static readonly Dictionary<string, Func<string, string>> Tokens = new()
    {
        ["none"] = claims => Unsigned("""{"alg":"none"}""", claims),
        ["none in other letters"] = claims => Unsigned("""{"alg":"nOnE"}""", claims),
        ["none with a signature"] = claims => Own.SignAs("""{"alg":"none"}""", claims),
        ["no algorithm"] = claims => Own.SignAs("""{"typ":"JWT"}""", claims),
        ["an empty algorithm"] = claims => Own.SignAs("""{"alg":""}""", claims),
        ["an algorithm that is no text"] = claims => Own.SignAs("""{"alg":["HS256"]}""", claims),
        ["HS256 in other letters"] = claims => Own.SignAs("""{"alg":"hs256"}""", claims),
        ["HS256 without a signature"] = claims => Unsigned("""{"alg":"HS256"}""", claims),
        ["RS256 without a signature"] = claims => Unsigned("""{"alg":"RS256","kid":"rsa"}""", claims),
        ["ES256 without a signature"] = claims => Unsigned("""{"alg":"ES256","kid":"ec"}""", claims),
        ["ES256 with zeros"] = claims => $"{Unsigned("""{"alg":"ES256","kid":"ec"}""", claims)}{TokenSigner.Text(new byte[64])}",
        ["HS256 with the public key in PEM"] = claims => TokenSigner.Secret(Pem()).SignAs("""{"alg":"HS256","kid":"rsa"}""", claims),
        ["HS256 with the public key in DER"] = claims => TokenSigner.Secret(Public().ExportSubjectPublicKeyInfo()).SignAs("""{"alg":"HS256","kid":"rsa"}""", claims),
        ["HS256 with the modulus"] = claims => TokenSigner.Secret(Public().ExportParameters(false).Modulus!).SignAs("""{"alg":"HS256","kid":"rsa"}""", claims),
        ["HS256 with the JWK"] = claims => TokenSigner.Secret(Rsa.Jwk).SignAs("""{"alg":"HS256","kid":"rsa"}""", claims),
        ["HS256 with the key set"] = claims => TokenSigner.Secret(KeySet).SignAs("""{"alg":"HS256","kid":"rsa"}""", claims),
        ["HS256 with nothing"] = claims => TokenSigner.Secret([]).SignAs("""{"alg":"HS256","kid":"rsa"}""", claims),
        ["HS384 with the secret"] = claims => TokenSigner.Secret(Verification.Secret, "HS384").Sign(claims),
        ["HS512 with the secret"] = claims => TokenSigner.Secret(Verification.Secret, "HS512").Sign(claims),
        ["RS256 signed with the secret"] = claims => Own.SignAs("""{"alg":"RS256","kid":"rsa"}""", claims),
        ["ES256 signed with the secret"] = claims => Own.SignAs("""{"alg":"ES256","kid":"ec"}""", claims),
        ["HS256 signed with RSA"] = claims => Rsa.SignAs("""{"alg":"HS256","kid":"rsa"}""", claims),
        ["RS256 with the key of ES256"] = claims => Ec.SignAs("""{"alg":"RS256","kid":"ec"}""", claims),
        ["ES256 with the key of RS256"] = claims => Rsa.SignAs("""{"alg":"ES256","kid":"rsa"}""", claims),
        ["RS256 signed with the other key"] = claims => Ec.SignAs("""{"alg":"RS256","kid":"rsa"}""", claims),
        ["RS384"] = claims => Rsa.SignAs("""{"alg":"RS384","kid":"rsa"}""", claims),
        ["RS512"] = claims => Rsa.SignAs("""{"alg":"RS512","kid":"rsa"}""", claims),
        ["PS256"] = claims => Rsa.SignAs("""{"alg":"PS256","kid":"rsa"}""", claims),
        ["ES384"] = claims => Ec.SignAs("""{"alg":"ES384","kid":"ec"}""", claims),
        ["ES256K"] = claims => Ec.SignAs("""{"alg":"ES256K","kid":"ec"}""", claims),
        ["EdDSA"] = claims => Ec.SignAs("""{"alg":"EdDSA","kid":"ec"}""", claims),
        ["an algorithm by its address"] = claims => Rsa.SignAs("""{"alg":"http://www.w3.org/2001/04/xmldsig-more#rsa-sha256","kid":"rsa"}""", claims),
        ["two algorithms"] = claims => Rsa.SignAs("""{"alg":"HS256","alg":"RS256","kid":"rsa"}""", claims),
        ["two names of keys"] = claims => Attacker.SignAs("""{"alg":"RS256","kid":"rsa","kid":"attacker"}""", claims),
        ["the name of another's key"] = claims => Attacker.SignAs("""{"alg":"RS256","kid":"rsa"}""", claims),
        ["a name that is no text"] = claims => Rsa.SignAs("""{"alg":"RS256","kid":7}""", claims),
        ["an empty name"] = claims => Rsa.SignAs("""{"alg":"RS256","kid":""}""", claims),
        ["a long name"] = claims => Rsa.SignAs($$"""{"alg":"RS256","kid":"{{new string('k', 257)}}"}""", claims),
        ["a key of its own"] = claims => Attacker.SignAs($$"""{"alg":"RS256","kid":"rsa","jwk":{{Attacker.Jwk}}}""", claims),
        ["an address of keys"] = claims => Attacker.SignAs("""{"alg":"RS256","kid":"rsa","jku":"https://attacker.example/keys"}""", claims),
        ["a certificate"] = claims => Attacker.SignAs("""{"alg":"RS256","kid":"rsa","x5c":["MII"],"x5u":"https://attacker.example"}""", claims),
        ["critical headers"] = claims => Rsa.SignAs("""{"alg":"RS256","kid":"rsa","crit":["b64"],"b64":true}""", claims),
        ["another kind of token"] = claims => Rsa.SignAs("""{"alg":"RS256","kid":"rsa","typ":"logout+jwt"}""", claims),
        ["a kind that is no text"] = claims => Rsa.SignAs("""{"alg":"RS256","kid":"rsa","typ":1}""", claims),
        ["a header that is no object"] = claims => Rsa.SignAs("[]", claims),
        ["another's claims"] = claims => Swapped(Rsa.Sign("""{"sub":"bob","exp":4000000000}"""), claims),
        ["a claim twice"] = claims => Rsa.Sign(claims.Replace("}", ",\"sub\":\"bob\"}", StringComparison.Ordinal)),
        ["five parts"] = claims => $"{Rsa.Sign(claims)}..",
        ["two parts"] = claims => Rsa.Sign(claims)[..Rsa.Sign(claims).LastIndexOf('.')],
        ["space"] = claims => $" {Rsa.Sign(claims)}",
    };

    public static TheoryData<string> Names => [.. Tokens.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Should_be_refused(string name)
    {
        await using var server = await KeyServer.StartAsync(Rsa, Ec);
        using var verification = new Verification(Verification.KeySetOf(server));
        Assert.Null(await verification.CodeOfAsync(Rsa.Sign(verification.Ada())));

        var token = Tokens[name](verification.Ada());

        Assert.Equal(RefusalCode.TokenInvalid, await verification.CodeOfAsync(token));
        Assert.Equal(1, server.Fetches);
    }

    [Fact]
    public async Task Should_be_taken_by_each_key_under_its_own()
    {
        await using var server = await KeyServer.StartAsync(Rsa, Ec);
        using var verification = new Verification(Verification.KeySetOf(server));

        foreach (var signer in (TokenSigner[])[Rsa, Ec, Own])
            Assert.Null(await verification.CodeOfAsync(signer.Sign(verification.Ada())));
        Assert.Null(await verification.CodeOfAsync(Rsa.SignAs("""{"alg":"RS256","kid":"rsa","typ":"at+jwt"}""", verification.Ada())));
        // Supabase names the shared secret.
        Assert.Null(await verification.CodeOfAsync(Own.SignAs("""{"alg":"HS256","kid":"rsa"}""", verification.Ada())));
    }

    [Fact]
    public async Task Should_not_be_taken_by_a_secret_that_is_not_there()
    {
        await using var server = await KeyServer.StartAsync(Rsa);
        var settings = Verification.Of(Verification.KeySetOf(server));
        settings.SigningKey = null;
        using var verification = new Verification(settings);

        Assert.Null(await verification.CodeOfAsync(Rsa.Sign(verification.Ada())));
        foreach (var secret in (string[])[Verification.Secret, ""])
            Assert.Equal(RefusalCode.TokenInvalid, await verification.CodeOfAsync(TokenSigner.Secret(secret).Sign(verification.Ada())));
    }

    private static RSA Public()
    {
        using var key = System.Text.Json.JsonDocument.Parse(Rsa.Jwk);
        return RSA.Create(new RSAParameters
        {
            Modulus = System.Buffers.Text.Base64Url.DecodeFromChars(key.RootElement.GetProperty("n").GetString()),
            Exponent = System.Buffers.Text.Base64Url.DecodeFromChars(key.RootElement.GetProperty("e").GetString()),
        });
    }

    private static string Pem() => Public().ExportSubjectPublicKeyInfoPem();

    private static string Unsigned(string header, string claims) => $"{TokenSigner.Text(Encoding.UTF8.GetBytes(header))}.{TokenSigner.Text(Encoding.UTF8.GetBytes(claims))}.";

    private static string Swapped(string token, string claims)
    {
        var parts = token.Split('.');
        return $"{parts[0]}.{TokenSigner.Text(Encoding.UTF8.GetBytes(claims))}.{parts[2]}";
    }
}
