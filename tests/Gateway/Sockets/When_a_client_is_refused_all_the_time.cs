namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>What is refused, and what needs no answer, counts against a connection as requests do.</summary>
public sealed class When_a_client_is_refused_all_the_time
{
    private const string Ping = """{"type":6}""";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private static readonly string[] FewRequests = ["--Sessions:CommandsPerSecondMax", "1", "--Sessions:CommandBurstMax", "5", "--Sessions:RefusalsInRowMax", "20"];

    [Theory]
    [InlineData(Ping)]
    [InlineData("""{"type":5,"invocationId":"7"}""")]
    [InlineData("""{"type":3,"invocationId":"7","result":1}""")]
    [InlineData("""{"type":1,"target":"NoSuchMethod","arguments":[{}]}""")]
    public async Task Should_have_nothing_left_for_requests(string record)
    {
        await using var server = await RunningServer.StartAsync(FewRequests);
        await using var client = await server.ConnectRawAsync();

        for (var i = 0; i < 6; i++)
            await client.SendRawAsync(record);

        Assert.Equal("RATE_LIMITED", await client.CodeAsync("Time", new { t1Us = 1 }));
    }

    [Theory]
    [InlineData(Ping)]
    [InlineData("""{"type":1,"target":"NoSuchMethod","arguments":[{}]}""")]
    [InlineData("""{"type":1,"invocationId":"7","target":"Time","arguments":[{}]}""")]
    public async Task Should_be_closed(string record)
    {
        await using var server = await RunningServer.StartAsync(FewRequests);
        await using var client = await server.ConnectRawAsync();

        for (var i = 0; i < 30 && !client.Ended.IsCompleted; i++)
            await client.SendRawAsync(record);

        Assert.Equal("RATE_LIMITED", (await client.EventAsync("closing").WaitAsync(Soon)).GetProperty("code").GetString());
        Assert.False(When_a_client_shows_no_token.MayReconnect(await client.CloseMessage.WaitAsync(Soon)));
        await client.Ended.WaitAsync(Soon);
    }

    [Fact]
    public async Task Should_stay_where_something_was_carried_out_between()
    {
        await using var server = await RunningServer.StartAsync("--Sessions:RefusalsInRowMax", "5");
        await using var client = await server.ConnectRawAsync();

        for (var i = 0; i < 20; i++)
        {
            Assert.Equal("BAD_REQUEST", await client.CodeAsync("Time", new { }));
            await client.ResultAsync("Time", new { t1Us = 1 });
        }
    }
}
