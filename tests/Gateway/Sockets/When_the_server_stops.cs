using Microsoft.Extensions.DependencyInjection;
using WhatsSound.Gateway.Sessions;

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

        // A connection is a session once something is answered; the handshake comes before.
        await Task.WhenAll(first.CallAsync("Time", new { t1Us = 1 }), second.CallAsync("Time", new { t1Us = 1 }));
        var closings = Task.WhenAll(first.EventAsync("closing"), second.EventAsync("closing"));

        await server.DisposeAsync();

        Assert.All(await closings, closing => Assert.Equal("NOT_READY", closing.GetProperty("code").GetString()));
        Assert.All(await closings, closing => Assert.InRange(closing.GetProperty("reconnectAfterMs").GetInt64(), 2_000, 12_000));
        Assert.Equal(2, (await closings).Select(closing => closing.GetProperty("reconnectAfterMs").GetInt64()).Distinct().Count());
        await Task.WhenAll(first.Ended, second.Ended);
    }

    [Fact]
    public async Task Should_tell_a_client_that_was_about_to_connect()
    {
        var server = new RunningServer();
        await server.InitializeAsync();
        using var http = new HttpClient { BaseAddress = server.Address };
        var connectionToken = await EventStreamClient.NegotiateAsync(http);
        await server.Services.GetRequiredService<Drain>().RunAsync();

        await using var late = await RawHubClient.ConnectAsync(server.Address, server.TokenOf("ada"), connectionToken);

        Assert.Equal("NOT_READY", (await late.EventAsync("closing")).GetProperty("code").GetString());
        await late.Ended;
        await server.DisposeAsync();
    }
}
