using Microsoft.Extensions.DependencyInjection;
using WhatsSound.Gateway.Sessions;
using WhatsSound.Tests.Gateway.Crash;

namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>A client with SignalR's own automatic reconnect, and without a line that knows this server, lives through what servers do.</summary>
public sealed class When_an_unmodified_client_comes_back(RunningServer server)
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_live_through_a_stop_and_a_start_of_the_process()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "There is no SIGTERM.");
        var folder = Directory.CreateTempSubdirectory("whatssound-restart-");
        var first = await ServerProcess.StartAsync(folder.FullName);
        var token = await first.TokenAsync("ada");
        await using var client = await ReconnectingClient.ConnectAsync(first.Address, () => Task.FromResult<string?>(token));
        await client.ResultAsync("Subscribe", new { channel = "news" });

        Assert.Equal(0, await first.StopAsync());
        await first.DisposeAsync();
        // A user may have one connection now: a client that left another behind would be refused.
        await using (await ServerProcess.StartAsync(folder.FullName, "--urls", first.Address.ToString(), "--Users:ConnectionsMax", "1"))
        {
            await client.Reconnected.WaitAsync(Soon);
            await client.ResultAsync("Subscribe", new { channel = "news" });
            Assert.False(client.Closed.IsCompleted);
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Should_come_back_when_it_was_too_slow()
    {
        var user = server.NewName("slow");
        await using var client = await ReconnectingClient.ConnectAsync(server.Address, () => Task.FromResult<string?>(server.TokenOf(user)));
        await client.ResultAsync("Subscribe", new { channel = "news" });
        var sessions = server.Services.GetRequiredService<SessionRegistry>();
        var closing = client.EventAsync("closing");

        // As its outbox does when it is full.
        SessionOf(sessions, user).Outbox.Close(server.Services.GetRequiredService<OutboxPolicy>().SlowConsumer());

        Assert.Equal("SLOW_CONSUMER", (await closing.WaitAsync(Soon)).GetProperty("code").GetString());
        await client.Reconnected.WaitAsync(Soon);
        await client.ResultAsync("Subscribe", new { channel = "news" });
        await Eventually.BecomesTrueAsync(() => sessions.All.Count(session => session.Identity?.UserId == user) == 1);
        Assert.False(client.Closed.IsCompleted);
    }

    [Fact]
    public async Task Should_come_back_when_it_has_read_nothing_for_a_while()
    {
        // Time enough to read what the kernels hold, so that the goodbye behind it is read too.
        await using var own = await RunningServer.StartAsync("--Sessions:CloseTimeout", "00:00:30");
        var sessions = own.Services.GetRequiredService<SessionRegistry>();
        await using var proxy = StallingProxy.Open(own.Address);
        await using var client = await ReconnectingClient.ConnectAsync(proxy.Address, () => Task.FromResult<string?>(own.TokenOf("slow")));
        await client.ResultAsync("Subscribe", new { channel = "flood" });
        var closing = client.EventAsync("closing");

        // More than kernels hold for a reader that does not read, and the outbox on top.
        proxy.Stall();
        for (var publisher = 0; publisher < 8; publisher++)
        {
            await using var writer = await own.ConnectRawAsync();
            for (var i = 0; i < 50; i++)
                await writer.ResultAsync("Publish", new { channel = "flood", id = $"{publisher}-{i}", @event = "flood", data = new string('x', 40_000) });
        }

        proxy.Release();

        Assert.Equal("SLOW_CONSUMER", (await closing.WaitAsync(Soon)).GetProperty("code").GetString());
        await client.Reconnected.WaitAsync(Soon);
        await client.ResultAsync("Subscribe", new { channel = "flood" });
        await Eventually.BecomesTrueAsync(() => sessions.All.Count(static session => session.Identity?.UserId == "slow") == 1);
        Assert.False(client.Closed.IsCompleted);
    }

    [Fact]
    public async Task Should_stay_away_when_coming_back_makes_no_sense()
    {
        await using var own = await RunningServer.StartAsync("--Sessions:AuthenticateWithin", "00:00:01");
        await using var nobody = await ReconnectingClient.ConnectAsync(own.Address, () => Task.FromResult<string?>(null));

        Assert.Equal("UNAUTHENTICATED", (await nobody.EventAsync("closing").WaitAsync(Soon)).GetProperty("code").GetString());
        await nobody.Closed.WaitAsync(Soon);

        Assert.False(nobody.Reconnected.IsCompleted);
    }

    [Fact]
    public async Task Should_stay_away_when_its_message_is_larger_than_is_read()
    {
        var user = server.NewName("large");
        await using var client = await ReconnectingClient.ConnectAsync(server.Address, () => Task.FromResult<string?>(server.TokenOf(user)));

        await Assert.ThrowsAnyAsync<Exception>(() => client.CallAsync("Time", new { x = new string('x', 3_000_000) }).WaitAsync(Soon));

        Assert.Equal("PAYLOAD_TOO_LARGE", (await client.EventAsync("closing").WaitAsync(Soon)).GetProperty("code").GetString());
        await client.Closed.WaitAsync(Soon);
        Assert.False(client.Reconnected.IsCompleted);
    }

    [Fact]
    public async Task Should_read_whatever_is_accepted_however_deep()
    {
        var channel = server.NewName("deep");
        var user = server.NewName("reader");
        await using var client = await ReconnectingClient.ConnectAsync(server.Address, () => Task.FromResult<string?>(server.TokenOf(user)));
        await client.ResultAsync("Subscribe", new { channel });
        var connection = client.ConnectionId;
        var accepted = new List<string>();
        for (var depth = 1; depth <= 64; depth++)
        {
            // Each its own: together they are more than one may publish at once.
            await using var writer = await server.ConnectRawAsync();
            foreach (var nested in (string[])[new string('[', depth) + new string(']', depth), string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth)])
            {
                var answer = await writer.CallRawAsync("Publish", $$"""[{"channel":"{{channel}}","id":"{{depth}}{{nested[0]}}","event":"said","data":{{nested}}}]""");
                Assert.Equal(depth <= 32 ? "" : "BAD_REQUEST", HubAnswers.CodeOf(answer));
                if (depth <= 32)
                    accepted.Add(nested);
            }
        }

        var publications = await client.PublicationsAsync(channel, upTo: accepted.Count).WaitAsync(Soon);

        Assert.Equal(accepted, publications.Select(one => one.GetProperty("data").GetRawText()));
        Assert.Equal(connection, client.ConnectionId);
        Assert.Single(server.Services.GetRequiredService<SessionRegistry>().All, session => session.Identity?.UserId == user);
    }

    private static Session SessionOf(SessionRegistry sessions, string user) => sessions.All.Single(session => session.Identity?.UserId == user);
}
