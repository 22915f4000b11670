using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Tests.Gateway.Sockets;

public sealed class When_a_client_says_goodbye(RunningServer server)
{
    [Theory]
    [InlineData(WebSocketCloseStatus.EndpointUnavailable, true)]
    [InlineData(WebSocketCloseStatus.NormalClosure, false)]
    [InlineData(WebSocketCloseStatus.Empty, false)]
    public async Task Should_be_understood_of_a_page_that_goes_away_and_not_of_a_client_that_gives_up(WebSocketCloseStatus status, bool isGoodbye)
    {
        var userId = server.NewName("user");
        await using var client = await server.ConnectRawAsync(userId);
        var session = SessionOf(userId);

        await client.CloseAsync(status);

        Assert.Equal(isGoodbye, session.HasLeftInOrder);
    }

    [Fact]
    public async Task Should_be_understood_of_a_client_that_stops()
    {
        var userId = server.NewName("user");
        await using var client = await server.ConnectRawAsync(userId);
        var session = SessionOf(userId);

        await client.SendRawAsync("""{"type":7}""");
        await client.Ended;

        Assert.True(session.HasLeftInOrder);
    }

    [Fact]
    public async Task Should_be_known_of_nobody_who_is_cut_off()
    {
        var userId = server.NewName("user");
        await using var client = await server.ConnectRawAsync(userId);
        var session = SessionOf(userId);

        client.Kill();
        await Eventually.BecomesTrueAsync(() => session.HasEnded);

        Assert.False(session.HasLeftInOrder);
    }

    private Session SessionOf(string userId) => server.Services.GetRequiredService<SessionRegistry>().All.Single(session => session.Identity?.UserId == userId);
}
