using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace WhatsSound.Gateway.Sessions;

/// <summary>The secret by which a client proves that a session is its own. The server keeps its hash.</summary>
internal static class SessionKey
{
    /// <summary>The most characters that a key is read with.</summary>
    public const int CharsMax = 64;

    private const int Bytes = 32;

    public static string New() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(Bytes));

    public static ImmutableArray<byte> HashOf(string key) => [.. SHA256.HashData(Encoding.UTF8.GetBytes(key))];

    /// <summary>Takes the same time wherever they differ.</summary>
    public static bool AreEqual(ImmutableArray<byte> one, ImmutableArray<byte> other) => CryptographicOperations.FixedTimeEquals(one.AsSpan(), other.AsSpan());
}
