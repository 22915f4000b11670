using System.Net;
using System.Net.Sockets;
using System.Text;
using WhatsSound.Tests.Gateway.Identity;

namespace WhatsSound.Tests.Gateway.Http.Api;

/// <summary>Who does not count is told so before anybody waits for what they have announced.</summary>
public sealed class When_a_body_does_not_come(ApiServer api) : IClassFixture<ApiServer>
{
    [Theory]
    [InlineData("Bearer x")]
    [InlineData($"Bearer {Keys.Name}:{Keys.OtherSecret}")]
    [InlineData("Bearer nobody:and a secret")]
    [InlineData("Digest x")]
    [InlineData($"WhatsSound key={Keys.Name},time=1,nonce=nonce-01,signature=00")]
    [InlineData($"WhatsSound key={Keys.Name}")]
    public async Task Should_refuse_a_credential_that_does_not_count(string authorization)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, api.Server.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"POST /v1/publications HTTP/1.1\r\nHost: {api.Server.Address.Authority}\r\nAuthorization: {authorization}\r\nContent-Length: 1000000\r\nContent-Type: application/json\r\n\r\n"),
            TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);

        // Whoever waits for the body answers 400, in the end.
        Assert.StartsWith("HTTP/1.1 401 ", await reader.ReadLineAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }
}
