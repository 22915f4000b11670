using System.Globalization;
using System.Text;

namespace WhatsSound.Hooks;

/// <summary>The bounds of the secrets that something is signed with.</summary>
public static class HookSecrets
{
    /// <summary>The one that counts, and the one before or after it.</summary>
    public const int CountMax = 2;

    /// <summary>What is wrong with the secrets of a setting. None of them is shown.</summary>
    public static IEnumerable<string> ProblemsOf(IList<string> secrets, string path)
    {
        ArgumentNullException.ThrowIfNull(secrets);
        if (secrets.Count is < 1 or > CountMax)
            yield return string.Create(CultureInfo.InvariantCulture, $"{path} has {secrets.Count}; it must have 1, or {CountMax} while one takes the place of the other.");
        if (secrets.Any(static secret => Encoding.UTF8.GetByteCount(secret) is < HookSignature.SecretBytesMin or > HookSignature.SecretBytesMax))
            yield return string.Create(CultureInfo.InvariantCulture, $"{path}: each must have {HookSignature.SecretBytesMin} to {HookSignature.SecretBytesMax} bytes.");
    }
}
