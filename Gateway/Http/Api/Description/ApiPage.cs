using Scalar.AspNetCore;

namespace WhatsSound.Gateway.Http.Api.Description;

/// <summary>The page that shows what the API is, and tries it: everything of it comes from this server.</summary>
internal static class ApiPage
{
    private const string Path = "/api";

    public static void MapApiPage(this IEndpointRouteBuilder endpoints, string documentPath) => endpoints.MapScalarApiReference(Path, (options, http) =>
    {
        options.WithOpenApiRoutePattern(documentPath).WithNonce().WithTitle("WhatsSound API").DisableDefaultFonts().DisableTelemetry().DisableAgent().DisableMcp().HideDeveloperTools();
        http.Response.OnStarting(() => TellBrowser(http));
    });

    /// <summary>The page makes styles while it runs. Its scripts are those that this answer names, and it asks nobody but this server.</summary>
    private static Task TellBrowser(HttpContext http)
    {
        if (http.Items[ScalarOptions.NonceHttpContextItemKey] is string nonce)
            http.Response.Headers.ContentSecurityPolicy = PolicyOf(nonce);
        return Task.CompletedTask;
    }

    private static string PolicyOf(string nonce) => string.Join(
        "; ",
        "default-src 'none'",
        $"script-src 'self' 'nonce-{nonce}'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self' data:",
        "connect-src 'self'",
        "base-uri 'none'",
        "form-action 'none'",
        "frame-ancestors 'none'");
}
