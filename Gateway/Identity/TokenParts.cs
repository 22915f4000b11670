using System.Buffers.Text;
using System.Text.Json;
using WhatsSound.Gateway.Identity.Sources;
using WhatsSound.Gateway.Requests;

namespace WhatsSound.Gateway.Identity;

/// <summary>A token as it stands there, of which nothing is verified: by what it says it is known only what to verify it with.</summary>
internal sealed class TokenParts : IDisposable
{
    /// <summary>A name that is there twice could mean one thing to us, and another to whoever verifies the signature.</summary>
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <summary>Header, claims, signature. Five are an encrypted token, for which nobody here has a key.</summary>
    private const int PartsCount = 3;

    private readonly JsonDocument _header;
    private readonly JsonDocument _claims;

    private TokenParts(JsonDocument header, JsonDocument claims) => (_header, _claims) = (header, claims);

    public JsonElement Header => _header.RootElement;

    public JsonElement Claims => _claims.RootElement;

    public string? Algorithm => TextOf(Header, "alg");

    /// <summary>The issuer that it names; null: none, or not as text.</summary>
    public string? Issuer => TextOf(Claims, "iss");

    /// <summary>The name of the key; false where there is one that no key has.</summary>
    public bool TryGetKeyId(out string? keyId)
    {
        keyId = TextOf(Header, "kid");
        return !Header.TryGetProperty("kid"u8, out _) || keyId is { Length: > 0 and <= PublicKeySet.KeyIdCharsMax };
    }

    /// <summary>
    /// Whether it says to be a token for access, or nothing (RFC 8725, 3.11): who signs tokens for users signs other things for them with the same keys, such as that they have gone.
    /// </summary>
    public bool IsForAccess => !Header.TryGetProperty("typ"u8, out _)
        || TextOf(Header, "typ") is { } type && (Is(type, "JWT") || Is(type, "at+jwt") || Is(type, "application/at+jwt") || Is(type, "application/jwt"));

    /// <summary>Null: it has not the form of a signed token.</summary>
    public static TokenParts? TryRead(string token)
    {
        var parts = token.Split('.', PartsCount + 1);
        if (parts.Length != PartsCount || TryParse(parts[0]) is not { } header)
            return null;
        if (TryParse(parts[1]) is { } claims)
            return new TokenParts(header, claims);
        header.Dispose();
        return null;
    }

    public void Dispose()
    {
        _header.Dispose();
        _claims.Dispose();
    }

    private static bool Is(string type, string other) => string.Equals(type, other, StringComparison.OrdinalIgnoreCase);

    private static string? TextOf(JsonElement part, string name) =>
        part.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String && JsonText.TryRead(value, out var text) ? text : null;

    private static JsonDocument? TryParse(string part)
    {
        try
        {
            var document = JsonDocument.Parse(Base64Url.DecodeFromChars(part).AsMemory(), Strict);
            if (document.RootElement.ValueKind == JsonValueKind.Object)
                return document;
            document.Dispose();
        }
        catch (Exception exception) when (exception is FormatException or JsonException or InvalidOperationException)
        {
            // Said by null. The last is a name that is no Unicode text.
        }

        return null;
    }
}
