using System.Buffers;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.Options;
using WhatsSound.Hooks;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Application;

/// <summary>
/// An app's own server, asked over HTTP: a signed POST for each question, of which the answer is 200 with a JSON object, or 204. Bounded in bytes, and in time by whoever asks; a redirect is no answer. Throws where there is no answer; <see cref="ApplicationAnswerException"/> where there is one that says nothing.
/// </summary>
internal sealed class HttpApplication(IOptions<ApplicationOptions> options, TimeProvider time) : IApplication, IDisposable
{
    private const int HeaderKilobytesMax = 16;

    /// <summary>What is set aside for an answer that does not say how long it is.</summary>
    private const int FirstBytes = 4 * 1024;

    /// <summary>So old connections make way for new ones, to where the name leads by then.</summary>
    private static readonly TimeSpan ConnectionLifetime = TimeSpan.FromMinutes(2);

    private readonly ApplicationOptions _options = options.Value;

    private readonly HttpClient _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        AutomaticDecompression = DecompressionMethods.None,
        UseCookies = false,
        MaxConnectionsPerServer = options.Value.AtOnceMax * Enum.GetValues<ApplicationCall>().Length,
        MaxResponseHeadersLength = HeaderKilobytesMax,
        PooledConnectionLifetime = ConnectionLifetime,
        ActivityHeadersPropagator = null,
    })
    {
        Timeout = Timeout.InfiniteTimeSpan,
        DefaultRequestHeaders = { { "Accept", "application/json" }, { "User-Agent", "WhatsSound" } },
    };

    public async ValueTask<Ruling<ConnectFacts>> OnConnectAsync(ConnectQuestion question, CancellationToken cancellationToken) =>
        (await AskAsync(ApplicationWire.Write(question), cancellationToken)).ToConnect();

    public async ValueTask<Ruling<Accepted>> OnSubscribeAsync(SubscribeQuestion question, CancellationToken cancellationToken) =>
        (await AskAsync(ApplicationWire.Write(question), cancellationToken)).ToAccepted();

    public async ValueTask<Ruling<PublishChange>> OnPublishAsync(PublishQuestion question, CancellationToken cancellationToken) =>
        (await AskAsync(ApplicationWire.Write(question), cancellationToken)).ToChange();

    public async ValueTask<Ruling<Payload>> OnCallAsync(CallQuestion question, CancellationToken cancellationToken) =>
        (await AskAsync(ApplicationWire.Write(question), cancellationToken)).ToSaid();

    public void Dispose() => _http.Dispose();

    private async Task<ApplicationAnswer> AskAsync(ReadOnlyMemory<byte> body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, _options.Url) { Content = new ReadOnlyMemoryContent(body) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        request.Headers.Add(HookSignature.Header, HookSignature.Of(_options.Secrets, time.GetUtcNow().ToUnixTimeMilliseconds(), body.Span));
        using var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        return response.StatusCode switch
        {
            HttpStatusCode.NoContent => new ApplicationAnswer(),
            HttpStatusCode.OK => ApplicationWire.Read(await ReadAsync(response.Content, cancellationToken)),
            var status => throw new ApplicationAnswerException($"The app answers {(int)status}."),
        };
    }

    private async Task<ReadOnlyMemory<byte>> ReadAsync(HttpContent content, CancellationToken cancellationToken)
    {
        // One more than there should be, so that the end is seen without growing.
        var bytes = new ArrayBufferWriter<byte>((int)Math.Min(content.Headers.ContentLength ?? FirstBytes, _options.AnswerBytesMax) + 1);
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        while (bytes.WrittenCount <= _options.AnswerBytesMax)
        {
            var count = await stream.ReadAsync(bytes.GetMemory(), cancellationToken);
            if (count == 0)
                return bytes.WrittenMemory;
            bytes.Advance(count);
        }

        throw new ApplicationAnswerException("The app answers with more than Application:AnswerBytesMax.");
    }
}
