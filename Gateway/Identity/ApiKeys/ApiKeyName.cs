using System.Buffers;

namespace WhatsSound.Gateway.Identity.ApiKeys;

/// <summary>The form of the names of keys, and of nonces: neither a colon, a comma nor a line's end, which are between them.</summary>
internal static class ApiKeyName
{
    public const int LengthMax = 64;

    /// <summary>A shorter nonce would be the same again by chance.</summary>
    public const int NonceLengthMin = 8;

    private static readonly SearchValues<char> Characters = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.");

    public static bool IsValid(string name) => name.Length is > 0 and <= LengthMax && !name.AsSpan().ContainsAnyExcept(Characters);

    public static bool IsNonce(string nonce) => nonce.Length >= NonceLengthMin && IsValid(nonce);
}
