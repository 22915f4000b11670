using System.Text.Json;

namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>A connection is for somebody. Who says nothing, or nothing but what is refused, goes.</summary>
public sealed class When_a_client_shows_no_token
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_be_told_and_closed_for_good()
    {
        await using var server = await RunningServer.StartAsync("--Sessions:AuthenticateWithin", "00:00:01");
        await using var nobody = await RawHubClient.ConnectAsync(server.Address);
        await using var wrong = await RawHubClient.ConnectAsync(server.Address, "no token");

        foreach (var client in (RawHubClient[])[nobody, wrong])
        {
            var closing = await client.EventAsync("closing").WaitAsync(Soon);
            Assert.Equal("UNAUTHENTICATED", closing.GetProperty("code").GetString());
            // Whoever waited for a token has waited long enough.
            Assert.Equal(0, closing.GetProperty("reconnectAfterMs").GetInt64());
            Assert.False(MayReconnect(await client.CloseMessage.WaitAsync(Soon)));
            await client.Ended.WaitAsync(Soon);
        }
    }

    [Fact]
    public async Task Should_stay_once_it_has()
    {
        await using var server = await RunningServer.StartAsync("--Sessions:AuthenticateWithin", "00:00:05");
        await using var late = await RawHubClient.ConnectAsync(server.Address);
        await using var early = await server.ConnectRawAsync("ada");
        await late.ResultAsync("Time", new { t1Us = 1 });
        await late.ResultAsync("Authenticate", new { token = server.TokenOf("bob") });
        await using var nobody = await RawHubClient.ConnectAsync(server.Address);

        // Who came after them and has shown nothing is closed: their time is over too.
        await nobody.Ended.WaitAsync(Soon);

        await late.ResultAsync("Subscribe", new { channel = "news" });
        await early.ResultAsync("Subscribe", new { channel = "news" });
    }

    [Fact]
    public async Task Should_be_turned_away_where_there_are_too_many_of_its_kind()
    {
        await using var server = await RunningServer.StartAsync("--Sessions:StrangersMax", "2");
        await using var first = await RawHubClient.ConnectAsync(server.Address);
        await using var second = await RawHubClient.ConnectAsync(server.Address);

        await Assert.ThrowsAsync<InvalidOperationException>(() => RawHubClient.ConnectAsync(server.Address).WaitAsync(Soon));

        await using var known = await server.ConnectRawAsync("ada");
        await known.ResultAsync("Time", new { t1Us = 1 });
        await second.ResultAsync("Authenticate", new { token = server.TokenOf("bob") });
        await using var third = await RawHubClient.ConnectAsync(server.Address);
        await third.ResultAsync("Time", new { t1Us = 1 });
    }

    internal static bool MayReconnect(JsonElement close) => close.TryGetProperty("allowReconnect", out var may) && may.GetBoolean();
}
