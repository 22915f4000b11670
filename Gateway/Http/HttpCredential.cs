using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Features;
using WhatsSound.Gateway.Identity;
using WhatsSound.Gateway.Identity.ApiKeys;

namespace WhatsSound.Gateway.Http;

/// <summary>Reads what a request shows in its Authorization header: a token, the secret of an API key, or its signature of the request.</summary>
internal static class HttpCredential
{
    private const string SignedScheme = "WhatsSound";

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>
    /// Refusals: UNAUTHENTICATED where there is none that is known; FORBIDDEN for a secret from a page; TLS_REQUIRED where one would be readable on its way; KEY_INVALID and SIGNATURE_INVALID for what has not the form. A signature has no hash of the body yet: see
    /// <see cref="Over"/>.
    /// </summary>
    public static Answer<Credential> Read(HttpRequest request)
    {
        if (request.Headers.Authorization is not [{ } header] || header.IndexOf(' ', StringComparison.Ordinal) is not (> 0 and var space))
            return Unknown();
        var (scheme, value) = (header[..space], header[(space + 1)..].Trim());
        return scheme switch
        {
            _ when Is(scheme, "Bearer") => value.Contains(':', StringComparison.Ordinal) ? SecretOf(request, value) : new Credential.Token(value),
            _ when Is(scheme, "Basic") => SecretOf(request, Decoded(value)),
            _ when Is(scheme, SignedScheme) => SignedOf(request, value),
            _ => Unknown(),
        };
    }

    /// <summary>The same with the body, which is as it came, all of it.</summary>
    public static Credential.Signed Over(Credential.Signed signed, ReadOnlySpan<byte> body) => signed with { BodyHash = SHA256.HashData(body) };

    /// <summary>Name, colon, secret: in Basic, and in Bearer, where no token has a colon.</summary>
    private static Answer<Credential> SecretOf(HttpRequest request, string pair)
    {
        // What a browser was told once it sends for whatever page asks; and a page that has a secret has given it away.
        if (request.Headers.Origin.Count > 0)
            return Refusals.Final(RefusalCode.Forbidden, "The secret of a key is not taken from pages; give them tokens.", "origin");
        if (!request.IsHttps && !IsOfThisMachine(request.HttpContext))
            return Refusals.Final(RefusalCode.TlsRequired, "The secret of a key is taken over TLS only; sign the request instead.");
        var colon = pair.IndexOf(':', StringComparison.Ordinal);
        return colon > 0
            ? new Credential.Secret(pair[..colon], pair[(colon + 1)..])
            : Refusals.Final(RefusalCode.KeyInvalid, "The credential must be the name of a key, a colon, and its secret.");
    }

    private static Answer<Credential> SignedOf(HttpRequest request, string value)
    {
        if (PartsOf(value) is not { Count: 4 } parts
            || parts.GetValueOrDefault("key") is not { } key || !ApiKeyName.IsValid(key)
            || !TryReadTime(parts.GetValueOrDefault("time"), out var timeMs)
            || parts.GetValueOrDefault("nonce") is not { } nonce || !ApiKeyName.IsNonce(nonce)
            || parts.GetValueOrDefault("signature") is not { } signature)
            return Refusals.Final(RefusalCode.SignatureInvalid, "The Authorization header must be: WhatsSound key=NAME,time=MILLISECONDS,nonce=8 TO 64 LETTERS OR DIGITS,signature=HEXADECIMAL.");
        return new Credential.Signed(key, timeMs, nonce, signature, request.Method, TargetOf(request), BodyHash: default);
    }

    /// <summary>Null where there is one twice, or one without a value.</summary>
    private static Dictionary<string, string>? PartsOf(string value)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var part in value.Split(',', 8, StringSplitOptions.TrimEntries))
        {
            var equals = part.IndexOf('=', StringComparison.Ordinal);
            if (equals < 0 || !parts.TryAdd(part[..equals], part[(equals + 1)..]))
                return null;
        }

        return parts;
    }

    /// <summary>Digits alone: another way to write the same number would be another text to sign.</summary>
    private static bool TryReadTime(string? text, out long timeMs)
    {
        timeMs = 0;
        return text is { Length: > 0 } && text[0] != '0' && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out timeMs);
    }

    /// <summary>As it came, before anything was decoded.</summary>
    private static string TargetOf(HttpRequest request) => request.HttpContext.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget;

    /// <summary>Nobody but this machine has seen it, as far as can be known.</summary>
    private static bool IsOfThisMachine(HttpContext http) =>
        http.Connection.RemoteIpAddress is { } peer && IPAddress.IsLoopback(peer)
        && !http.Request.Headers.ContainsKey("X-Forwarded-For") && !http.Request.Headers.ContainsKey("X-Forwarded-Proto") && !http.Request.Headers.ContainsKey("Forwarded");

    private static string Decoded(string value)
    {
        try
        {
            return Strict.GetString(Convert.FromBase64String(value));
        }
        catch (Exception exception) when (exception is FormatException or DecoderFallbackException)
        {
            return "";
        }
    }

    private static bool Is(string scheme, string other) => string.Equals(scheme, other, StringComparison.OrdinalIgnoreCase);

    private static Refusal Unknown() =>
        Refusals.Final(RefusalCode.Unauthenticated, "The request shows no credential: one Authorization header with a token, with the name and secret of a key, or with a signature.");
}
