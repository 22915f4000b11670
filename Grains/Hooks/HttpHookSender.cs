using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using WhatsSound.Hooks;

namespace WhatsSound.Grains.Hooks;

/// <summary>
/// Takes batches to receivers over HTTP. A redirect is no answer: the address is the operator's, not the receiver's, to change. Of what comes back only the status counts.
/// </summary>
internal sealed class HttpHookSender(TimeProvider time) : IHookSender, IDisposable
{
    private const int HeaderKilobytesMax = 16;

    /// <summary>A body that ends within is read and forgotten, so that the connection can be used again; of a longer one the connection is closed.</summary>
    private const int DrainBytesMax = 4 * 1024;

    /// <summary>So old connections make way for new ones, to where the name leads by then.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    /// <summary>Of each receiver, by its name: one that is slow takes no connection of another on the same host. As many as are configured.</summary>
    private readonly ConcurrentDictionary<string, HttpClient> _clients = new(StringComparer.Ordinal);

    public async Task<string?> SendAsync(HookEndpoint endpoint, ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint.Url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(HookSignature.Header, HookSignature.Of(endpoint.Secrets, time.GetUtcNow().ToUnixTimeMilliseconds(), body.Span));
        try
        {
            using var response = await ClientOf(endpoint).SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
            return response.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"it answers {(int)response.StatusCode}");
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            return exception is HttpRequestException { HttpRequestError: var error } && error != HttpRequestError.Unknown ? $"{error}" : exception.Message;
        }
    }

    public void Dispose()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
    }

    private HttpClient ClientOf(HookEndpoint endpoint) => _clients.GetOrAdd(endpoint.Name, static _ => NewClient());

    private static HttpClient NewClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        MaxConnectionsPerServer = HookLanes.PerEndpoint,
        MaxResponseHeadersLength = HeaderKilobytesMax,
        MaxResponseDrainSize = DrainBytesMax,
        PooledConnectionLifetime = ConnectionLifetime,
        ActivityHeadersPropagator = null,
    })
    {
        // In time by whoever asks, whose clock it is.
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "User-Agent", "WhatsSound" } },
    };
}
