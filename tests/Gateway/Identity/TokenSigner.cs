using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace WhatsSound.Tests.Gateway.Identity;

/// <summary>A key pair, for tokens of any form.</summary>
internal sealed class TokenSigner
{
    private readonly Func<byte[], byte[]> _sign;

    private TokenSigner(string keyId, string algorithm, string jwk, Func<byte[], byte[]> sign) => (KeyId, Algorithm, Jwk, _sign) = (keyId, algorithm, jwk, sign);

    public string KeyId { get; }

    public string Algorithm { get; }

    /// <summary>The public half, as an element of a key set.</summary>
    public string Jwk { get; }

    public static TokenSigner Rsa(string keyId, int bits = 2048)
    {
        var rsa = RSA.Create(bits);
        var key = rsa.ExportParameters(includePrivateParameters: false);
        var jwk = $$"""{"kty":"RSA","use":"sig","alg":"RS256","kid":"{{keyId}}","n":"{{Text(key.Modulus!)}}","e":"{{Text(key.Exponent!)}}"}""";
        return new TokenSigner(keyId, "RS256", jwk, head => rsa.SignData(head, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    public static TokenSigner Ec(string keyId)
    {
        var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var key = curve.ExportParameters(includePrivateParameters: false);
        var jwk = $$"""{"kty":"EC","crv":"P-256","key_ops":["verify"],"kid":"{{keyId}}","x":"{{Text(key.Q.X!)}}","y":"{{Text(key.Q.Y!)}}"}""";
        return new TokenSigner(keyId, "ES256", jwk, head => curve.SignData(head, HashAlgorithmName.SHA256));
    }

    /// <summary>Without a public half: <see cref="Jwk"/> is what nobody should publish.</summary>
    public static TokenSigner Secret(string secret, string algorithm = "HS256", string keyId = "secret") => Secret(Encoding.UTF8.GetBytes(secret), algorithm, keyId);

    public static TokenSigner Secret(byte[] secret, string algorithm = "HS256", string keyId = "secret") =>
        new(keyId, algorithm, $$"""{"kty":"oct","kid":"{{keyId}}","k":"{{Text(secret)}}"}""", head => algorithm switch
        {
            "HS384" => HMACSHA384.HashData(secret, head),
            "HS512" => HMACSHA512.HashData(secret, head),
            _ => HMACSHA256.HashData(secret, head),
        });

    public string Sign(string claims) => SignAs($$"""{"alg":"{{Algorithm}}","typ":"JWT","kid":"{{KeyId}}"}""", claims);

    /// <summary>With a header that may say anything.</summary>
    public string SignAs(string header, string claims)
    {
        var head = $"{Text(Encoding.UTF8.GetBytes(header))}.{Text(Encoding.UTF8.GetBytes(claims))}";
        return $"{head}.{Text(_sign(Encoding.UTF8.GetBytes(head)))}";
    }

    public static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
