namespace WhatsSound.Tests.Gateway.Sockets;

public sealed class When_the_server_stops
{
    [Fact]
    public async Task Should_tell_each_client_when_to_come_back_and_close()
    {
        var server = new RunningServer();
        await server.InitializeAsync();
        await using var first = await server.ConnectAsync();
        await using var second = await server.ConnectAsync();
        var closings = Task.WhenAll(first.EventAsync("closing"), second.EventAsync("closing"));

        await server.DisposeAsync();

        Assert.All(await closings, closing => Assert.Equal("NOT_READY", closing.GetProperty("code").GetString()));
        Assert.Equal(2, (await closings).Select(closing => closing.GetProperty("reconnectAfterMs").GetInt64()).Distinct().Count());
        await Task.WhenAll(first.Ended, second.Ended);
    }
}
