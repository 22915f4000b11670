using System.Security.Cryptography;
using System.Text;

namespace WhatsSound.Tests.Gateway.Http;

internal sealed class SigningHandler(string key, string secret) : DelegatingHandler(new HttpClientHandler())
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
        var (time, nonce) = (DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), Guid.NewGuid().ToString("N"));
        var text = string.Join('\n', "whatssound-1", key, time, nonce, request.Method.Method, request.RequestUri!.PathAndQuery, Convert.ToHexStringLower(SHA256.HashData(body)));
        var signature = Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(text)));
        request.Headers.TryAddWithoutValidation("Authorization", $"WhatsSound key={key},time={time},nonce={nonce},signature={signature}");
        return await base.SendAsync(request, cancellationToken);
    }
}
