using System.Security.Cryptography;
using System.Text;

namespace WhatsSound.Gateway.Identity.ApiKeys;

/// <summary>A key by which a server is known. It compares in a time that says nothing of its secrets.</summary>
internal sealed class ApiKey
{
    private readonly byte[][] _secrets;
    private readonly byte[][] _hashes;

    private ApiKey(IEnumerable<byte[]> secrets, TokenGrant grant)
    {
        _secrets = [.. secrets];
        _hashes = [.. _secrets.Select(SHA256.HashData)];
        Grant = grant;
    }

    /// <summary>What it allows; a key ends when it is taken out of the settings.</summary>
    public TokenGrant Grant { get; }

    public static ApiKey Of(ApiKeyOptions options) => new(
        options.Secrets.Select(Encoding.UTF8.GetBytes),
        new TokenGrant
        {
            KeyName = options.Name,
            ExpiresAt = DateTimeOffset.MaxValue,
            Capabilities = CapabilitySet.Of(options.Capabilities.Select(CapabilityText.TryRead).OfType<(string, string[])>()),
        });

    /// <summary>One that nobody has: with it the answer about a name that no key has takes as long as about one that has.</summary>
    public static ApiKey Nobodys() => new([RandomNumberGenerator.GetBytes(ApiKeyValidation.SecretBytesMin)], new TokenGrant { ExpiresAt = DateTimeOffset.MinValue });

    /// <summary>Whether it is one of its secrets.</summary>
    public bool Has(string secret)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(secret));
        var isOne = false;
        foreach (var one in _hashes)
            isOne |= CryptographicOperations.FixedTimeEquals(one, hash);
        return isOne;
    }

    /// <summary>Whether the text was signed with one of its secrets.</summary>
    public bool HasSigned(ReadOnlySpan<byte> text, ReadOnlySpan<byte> signature)
    {
        Span<byte> own = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var isOne = false;
        foreach (var secret in _secrets)
        {
            HMACSHA256.HashData(secret, text, own);
            isOne |= CryptographicOperations.FixedTimeEquals(own, signature);
        }

        return isOne;
    }
}
