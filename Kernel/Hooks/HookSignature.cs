using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace WhatsSound.Hooks;

/// <summary>
/// How a body that this server sends elsewhere is signed: HMAC-SHA256 over the time, a dot and the body, with each of the secrets, so that one can be replaced while both count. The scheme is described in
/// docs/webhooks.md, and never changes under the name <c>v1</c>.
/// </summary>
public static class HookSignature
{
    /// <summary>The header that has it.</summary>
    public const string Header = "WhatsSound-Signature";

    /// <summary>The shortest secret: HMAC-SHA256 loses with a shorter one.</summary>
    public const int SecretBytesMin = 32;

    /// <summary>The longest: more gains nothing.</summary>
    public const int SecretBytesMax = 256;

    /// <summary>The value of the header: <c>t=1700000000000,v1=…</c>, with one <c>v1</c> for each secret, in hexadecimal digits.</summary>
    /// <param name="secrets">As they are configured.</param>
    /// <param name="timeMs">Now: Unix time in milliseconds.</param>
    /// <param name="body">What is sent.</param>
    public static string Of(IEnumerable<string> secrets, long timeMs, ReadOnlySpan<byte> body)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        var value = new StringBuilder(string.Create(CultureInfo.InvariantCulture, $"t={timeMs}"));
        foreach (var secret in secrets)
            value.Append(",v1=").Append(Hash(secret, timeMs, body));
        return value.ToString();
    }

    private static string Hash(string secret, long timeMs, ReadOnlySpan<byte> body)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{timeMs}.")));
        hash.AppendData(body);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
