namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>Limits belong to users and addresses: to connect again gives nothing back.</summary>
public sealed class When_a_client_comes_again_for_more
{
    private const int RequestsMax = 20;

    private static readonly string[] FewRequests =
    [
        "--Sessions:CommandsPerSecondMax", "1", "--Sessions:CommandBurstMax", "20",
    ];

    [Fact]
    public async Task Should_have_no_more_requests_than_before()
    {
        await using var server = await RunningServer.StartAsync(FewRequests);

        // Whatever time it takes: five connections that each had the burst would be refused nothing.
        var codes = new List<string>();
        for (var time = 0; time < 5; time++)
        {
            await using var client = await server.ConnectRawAsync("ada");
            codes.AddRange(await Task.WhenAll(Enumerable.Range(0, RequestsMax).Select(_ => client.CodeAsync("Time", new { t1Us = 1 }))));
        }

        Assert.Contains("RATE_LIMITED", codes);
        Assert.DoesNotContain(codes, code => code is not ("" or "RATE_LIMITED"));
        await using var other = await server.ConnectRawAsync("bob");
        Assert.Equal("", await other.CodeAsync("Time", new { t1Us = 1 }));
    }
}
