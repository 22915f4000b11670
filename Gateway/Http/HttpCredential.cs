using WhatsSound.Gateway.Identity;

namespace WhatsSound.Gateway.Http;

/// <summary>Reads what a request shows in its Authorization header: a token.</summary>
internal static class HttpCredential
{
    private const string Scheme = "Bearer ";

    /// <summary>Refusals: UNAUTHENTICATED where there is none that is known. The body is as it came, all of it.</summary>
    public static Answer<Credential> Read(HttpRequest request, ReadOnlySpan<byte> body)
    {
        _ = body;
        return request.Headers.Authorization is [{ } header] && header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? new Credential.Token(header[Scheme.Length..].Trim())
            : Refusals.Final(RefusalCode.Unauthenticated, "The request shows no credential: one Authorization header with a token.");
    }
}
