using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace WhatsSound.Gateway.Identity;

/// <summary>
/// Makes guests, and knows them again by their secrets. A secret is the guest's id with a code of it under a key that is derived from the signing key for
/// this purpose alone: no token is a secret, and no secret a token. Nothing is stored, so every gateway knows every guest, for as long as the key stays.
/// </summary>
internal sealed class GuestSecrets(IOptions<IdentityOptions> options)
{
    /// <summary>No colon, which would make several segments of the id in channel names.</summary>
    public const string IdPrefix = "guest-";

    private const int IdBytes = 16;

    private static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdef");

    /// <summary>Where there are no guests there may be no signing key.</summary>
    private readonly Lazy<byte[]> _key = new(() => HKDF.DeriveKey(
        HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(options.Value.SigningKey!), HMACSHA256.HashSizeInBytes, info: "whatssound guest secret 1"u8.ToArray()));

    public static string NewId() => IdPrefix + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));

    /// <summary>Whether an id is of the form that guests have. Nobody but this server signs tokens for such ids by chance.</summary>
    public static bool IsGuest(string userId) =>
        userId.Length == IdPrefix.Length + (2 * IdBytes)
        && userId.StartsWith(IdPrefix, StringComparison.Ordinal)
        && userId.AsSpan(IdPrefix.Length).IndexOfAnyExcept(HexDigits) < 0;

    public string SecretOf(string guestId) => $"{guestId}.{Base64Url.EncodeToString(CodeOf(guestId))}";

    /// <summary>The guest whose secret this is; null: nobody's.</summary>
    public string? IdOf(string secret)
    {
        var dot = secret.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || !secret.StartsWith(IdPrefix, StringComparison.Ordinal))
            return null;
        var expected = Encoding.UTF8.GetBytes(SecretOf(secret[..dot]));
        return CryptographicOperations.FixedTimeEquals(expected, Encoding.UTF8.GetBytes(secret)) ? secret[..dot] : null;
    }

    private byte[] CodeOf(string guestId) => HMACSHA256.HashData(_key.Value, Encoding.UTF8.GetBytes(guestId));
}
