using System.Net;
using System.Text;

namespace WhatsSound.Gateway.Identity.Sources;

/// <summary>Fetches the documents of token sources: bounded in bytes and redirects, and in time by whoever asks. Nothing of any client or token goes with a request.</summary>
internal sealed class KeyFetcher(KeyFetchOptions options, bool isDevelopment) : IDisposable
{
    public const int RedirectsMax = 3;

    private const int HeaderKilobytesMax = 16;

    /// <summary>So old connections make way for new ones, to where the name leads by then.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        // Each is looked at before it is followed.
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        MaxResponseHeadersLength = HeaderKilobytesMax,
        PooledConnectionLifetime = ConnectionLifetime,
        ActivityHeadersPropagator = null,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "Accept", "application/json" }, { "User-Agent", "WhatsSound" } },
    };

    /// <summary>The text of a JSON document. Throws <see cref="KeysUnreadException"/>, and what <see cref="HttpClient"/> throws.</summary>
    public async Task<string> ReadAsync(Uri address, CancellationToken cancellationToken)
    {
        for (var redirects = 0; ; redirects++)
        {
            using var response = await _http.GetAsync(address, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            if (response.Headers.Location is not { } location || (int)response.StatusCode is < 300 or > 399)
                return await ReadAsync(response, cancellationToken);
            if (redirects == RedirectsMax)
                throw new KeysUnreadException($"it redirects more than {RedirectsMax} times");
            address = Follow(address, location);
        }
    }

    /// <summary>The address that a document of another names. Throws <see cref="KeysUnreadException"/> where it may not be asked.</summary>
    public Uri Follow(Uri from, Uri to)
    {
        var address = to.IsAbsoluteUri ? to : new Uri(from, to);
        return KeyAddress.MayLeadTo(from, address, isDevelopment)
            ? address
            : throw new KeysUnreadException($"it leads to {KeyAddress.ShownOf(address)}, which is not asked without TLS, or with a password in the address");
    }

    public void Dispose() => _http.Dispose();

    private async Task<string> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.OK)
            throw new KeysUnreadException($"it answers {(int)response.StatusCode}");
        if (!IsJson(response.Content.Headers.ContentType?.MediaType))
            throw new KeysUnreadException($"it answers with '{response.Content.Headers.ContentType?.MediaType}', which is no JSON");
        if (response.Content.Headers.ContentLength > options.BytesMax)
            throw TooLarge();
        var bytes = new byte[options.BytesMax + 1];
        await using var content = await response.Content.ReadAsStreamAsync(cancellationToken);
        var length = await content.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        return length <= options.BytesMax ? Encoding.UTF8.GetString(bytes, 0, length) : throw TooLarge();
    }

    private static bool IsJson(string? mediaType) =>
        string.Equals(mediaType, "application/json", StringComparison.OrdinalIgnoreCase)
        || (mediaType?.StartsWith("application/", StringComparison.OrdinalIgnoreCase) is true && mediaType.EndsWith("+json", StringComparison.OrdinalIgnoreCase));

    private KeysUnreadException TooLarge() => new($"it answers with more than {options.BytesMax} bytes (Identity:Keys:BytesMax)");
}
