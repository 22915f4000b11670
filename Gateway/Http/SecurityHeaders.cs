namespace WhatsSound.Gateway.Http;

/// <summary>What browsers are told with every answer: to run the page's own code and nothing else, to be framed by nobody unknown, to guess no types.</summary>
internal sealed class SecurityHeaders
{
    private readonly string _policy;

    private SecurityHeaders(string policy) => _policy = policy;

    public static SecurityHeaders Of(WebOptions options, WebPageOptions page)
    {
        // Songs are on other hosts. A deployment that takes them without TLS says so here as well.
        var media = options.MediaSources.Count > 0 ? string.Join(' ', options.MediaSources) : "https:";
        string[] policy =
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "font-src 'self'",
            // The page asks a song's host why a song cannot be played, and takes it whole where the host sends no parts.
            string.Join(' ', (string[])[$"connect-src 'self' {media}", .. page.TokenUrlOrigin is { } tokens ? [tokens] : Array.Empty<string>()]),
            "manifest-src 'self'",
            $"media-src 'self' blob: data: {media}",
            "base-uri 'none'",
            "form-action 'self'",
            // Who may hand the page a token does so from a frame around it.
            string.Join(' ', ["frame-ancestors 'self'", .. options.FrameAncestors, .. page.TokenOrigins]),
        ];
        return new SecurityHeaders(string.Join("; ", policy));
    }

    public void AddTo(IHeaderDictionary headers)
    {
        headers.ContentSecurityPolicy = _policy;
        headers.XContentTypeOptions = "nosniff";
        // Other hosts, of songs above all, do not learn in which room somebody is.
        headers["Referrer-Policy"] = "same-origin";
    }
}

/// <summary>Puts them into the pipeline.</summary>
internal static class SecurityHeadersMiddleware
{
    public static void UseHeaders(this WebApplication app, SecurityHeaders headers) =>
        app.Use((context, next) =>
        {
            headers.AddTo(context.Response.Headers);
            return next(context);
        });
}
