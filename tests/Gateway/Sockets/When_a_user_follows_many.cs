namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>Who is followed has a grain, whoever that is, or nobody: how many a user wakes is bounded as for channels.</summary>
public sealed class When_a_user_follows_many
{
    [Theory]
    [InlineData("Follow")]
    [InlineData("Unfollow")]
    public async Task Should_wake_as_many_as_they_may_be_the_first_to_use(string method)
    {
        await using var server = await RunningServer.StartAsync("--Sessions:NewChannelBurstMax", "5");
        await using var client = await server.ConnectAsync("ada");
        for (var number = 0; number < 5; number++)
            await client.ResultAsync(method, new { ofUserId = $"nobody-{number}" });

        Assert.Equal("RATE_LIMITED", (await client.CallAsync(method, new { ofUserId = "one-more" })).GetProperty("error").GetProperty("code").GetString());
        await client.ResultAsync(method, new { ofUserId = "nobody-4" });
    }
}
