using System.Net;
using System.Net.Sockets;
using System.Text;

namespace WhatsSound.Tests.Gateway.Http.Api;

/// <summary>Paths that are sent as they are: clients tidy them up.</summary>
public sealed class When_a_path_is_not_what_it_says(ApiServer api) : IClassFixture<ApiServer>
{
    [Theory]
    [InlineData("/v1/channels/mine/../other/history", "BAD_REQUEST")]
    [InlineData("/v1/channels/mine/%2e%2E/other/history", "BAD_REQUEST")]
    [InlineData("/v1/rooms/../channels/other/history", "BAD_REQUEST")]
    [InlineData("/v1/./channels/other/history", "BAD_REQUEST")]
    [InlineData("/v1/channels/%2e/other/history", "BAD_REQUEST")]
    [InlineData("/v1/channels/other/history/", "BAD_REQUEST")]
    [InlineData("http://HOST/v1/channels/mine/../other/history", "BAD_REQUEST")]
    [InlineData("http://HOST/v1/channels/mine%2Fhistory", "BAD_REQUEST")]
    [InlineData("http://HOST/v1/channels/mine%3Aother/history", null)]
    [InlineData("/v1/channels/..mine/history", null)]
    [InlineData("/v1/channels/mine/history?events=../other", null)]
    public async Task Should_be_refused(string target, string? code)
    {
        var answer = await GetAsync(target.Replace("HOST", api.Server.Address.Authority, StringComparison.Ordinal));

        Assert.StartsWith(code is null ? "HTTP/1.1 200 " : "HTTP/1.1 400 ", answer, StringComparison.Ordinal);
        if (code is not null)
            Assert.Contains($"\"code\":\"{code}\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Should_mean_the_same_channel_with_scheme_and_host()
    {
        var channel = api.Server.NewName("with:host");
        Assert.Equal("", (await api.PostAsync($"/v1/channels/{Uri.EscapeDataString(channel)}/publications", api.Server.TokenOf("ada"), new { id = "1", data = "only here" })).Code);

        Assert.Contains("only here", await GetAsync($"http://{api.Server.Address.Authority}/v1/channels/{Uri.EscapeDataString(channel)}/history"), StringComparison.Ordinal);
    }

    private async Task<string> GetAsync(string target)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, api.Server.Address.Port, TestContext.Current.CancellationToken);
        await using var stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"GET {target} HTTP/1.1\r\nHost: {api.Server.Address.Authority}\r\nAuthorization: Bearer {api.Server.TokenOf("ada")}\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
    }
}
