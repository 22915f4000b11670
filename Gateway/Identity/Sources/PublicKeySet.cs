using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace WhatsSound.Gateway.Identity.Sources;

/// <summary>
/// The keys of a JSON Web Key Set (RFC 7517) that tokens can be verified with: RSA of 2,048 bits or more for RS256, and P-256 for ES256. Others are passed over, symmetric ones above all:
/// what everybody can read signs for nobody.
/// </summary>
internal sealed class PublicKeySet
{
    /// <summary>Further ones are passed over.</summary>
    public const int KeysMax = 100;

    public const int KeyIdCharsMax = 256;

    private const int RsaBitsMin = 2_048;
    private const int RsaBitsMax = 8_192;

    private readonly Dictionary<(string Algorithm, string KeyId), TokenKey> _byId = [];
    private readonly Dictionary<string, TokenKey?> _only = new(StringComparer.Ordinal);

    private PublicKeySet(IEnumerable<JsonElement> keys)
    {
        foreach (var key in keys.Select(TryRead).OfType<JsonWebKey>())
            Add(key);
    }

    /// <summary>How many keys can be used.</summary>
    public int Count { get; private set; }

    /// <summary>The names of the keys: whether it is another set than before.</summary>
    public IEnumerable<string> KeyIds => _byId.Keys.Select(static key => key.KeyId).Order(StringComparer.Ordinal);

    /// <summary>Whether there is a key of this name, for whatever algorithm.</summary>
    public bool Has(string? keyId) => keyId is not null && (_byId.ContainsKey((SecurityAlgorithms.RsaSha256, keyId)) || _byId.ContainsKey((SecurityAlgorithms.EcdsaSha256, keyId)));

    /// <summary>The key of this name for the algorithm; for a token that names none the only one for it.</summary>
    public TokenKey? Find(string algorithm, string? keyId) =>
        keyId is null ? _only.GetValueOrDefault(algorithm) : _byId.GetValueOrDefault((algorithm, keyId));

    /// <summary>Throws <see cref="KeysUnreadException"/> where the text is no key set.</summary>
    public static PublicKeySet Read(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            if (document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("keys"u8, out var keys) && keys.ValueKind == JsonValueKind.Array)
                return new PublicKeySet(keys.EnumerateArray().Take(KeysMax));
        }
        catch (JsonException)
        {
            // Said below.
        }

        throw new KeysUnreadException("what it answers is no JSON Web Key Set");
    }

    private void Add(JsonWebKey key)
    {
        var algorithm = AlgorithmOf(key)!;
        var made = new TokenKey(key, algorithm);
        Count++;
        // Of two with one name the first counts; of two without a choice neither.
        if (key.Kid is { Length: > 0 and <= KeyIdCharsMax } keyId)
            _byId.TryAdd((algorithm, keyId), made);
        if (!_only.TryAdd(algorithm, made))
            _only[algorithm] = null;
    }

    /// <summary>The public half of a key that can be used, and nothing else of it; null: it is no such key.</summary>
    private static JsonWebKey? TryRead(JsonElement element)
    {
        try
        {
            var key = new JsonWebKey(element.GetRawText());
            return AlgorithmOf(key) is null ? null : key.Kty == JsonWebAlgorithmsKeyTypes.RSA ? RsaOf(key) : CurveOf(key);
        }
        catch (Exception)
        {
            // What others write fails in as many ways as there are readers of it. One odd key must not cost the others.
            return null;
        }
    }

    /// <summary>What the key is for; null: for something else than tokens, or than we verify.</summary>
    private static string? AlgorithmOf(JsonWebKey key)
    {
        if (key.Use is { Length: > 0 } and not "sig" || (key.KeyOps.Count > 0 && !key.KeyOps.Contains("verify")))
            return null;
        var algorithm = key switch
        {
            { Kty: JsonWebAlgorithmsKeyTypes.RSA } => SecurityAlgorithms.RsaSha256,
            { Kty: JsonWebAlgorithmsKeyTypes.EllipticCurve, Crv: JsonWebKeyECTypes.P256 } => SecurityAlgorithms.EcdsaSha256,
            _ => null,
        };
        return key.Alg is { Length: > 0 } && key.Alg != algorithm ? null : algorithm;
    }

    private static JsonWebKey? RsaOf(JsonWebKey key)
    {
        using var rsa = RSA.Create(new RSAParameters { Modulus = Base64Url.DecodeFromChars(key.N), Exponent = Base64Url.DecodeFromChars(key.E) });
        return rsa.KeySize is >= RsaBitsMin and <= RsaBitsMax ? new JsonWebKey { Kty = key.Kty, N = key.N, E = key.E, Kid = key.Kid } : null;
    }

    private static JsonWebKey CurveOf(JsonWebKey key)
    {
        // Throws where the point is not on the curve.
        var point = new ECPoint { X = Base64Url.DecodeFromChars(key.X), Y = Base64Url.DecodeFromChars(key.Y) };
        using var curve = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point });
        return new JsonWebKey { Kty = key.Kty, Crv = key.Crv, X = key.X, Y = key.Y, Kid = key.Kid };
    }
}
