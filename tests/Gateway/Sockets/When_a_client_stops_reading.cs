using Microsoft.Extensions.DependencyInjection;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Tests.Gateway.Sockets;

public sealed class When_a_client_stops_reading(RunningServer server)
{
    // More than a kernel holds for a reader that does not read, and the outbox on top.
    private const int Publishers = 8;
    private const int Each = 50;
    private const int DataBytes = 40_000;

    [Fact]
    public async Task Should_be_cut_off_and_hold_up_nobody()
    {
        var channel = server.NewName("flood");
        var stalledUser = server.NewName("stalled");
        await using var stalled = await server.ConnectRawAsync(stalledUser);
        await using var other = await server.ConnectRawAsync();
        var since = (await stalled.ResultAsync("Subscribe", new { channel })).GetProperty("position");
        await other.ResultAsync("Subscribe", new { channel });
        var sessions = server.Services.GetRequiredService<SessionRegistry>();
        stalled.StopReading();

        for (var publisher = 0; publisher < Publishers; publisher++)
            await PublishAsync(channel, publisher, other);

        await Eventually.BecomesTrueAsync(() => sessions.All.All(session => session.Identity?.UserId != stalledUser));
        await using var again = await server.ConnectRawAsync(stalledUser);
        var recovery = await again.ResultAsync("Subscribe", new { channel, since });

        // The gap is more bytes than the channel keeps: it is told as lost, and delivery goes on behind it.
        Assert.Equal("lost", recovery.GetProperty("verdict").GetString());
        Assert.Equal(Publishers * Each, recovery.GetProperty("position").GetProperty("offset").GetInt64());
    }

    /// <summary>Publishes no faster than the other listener reads, and sees that it misses nothing.</summary>
    private async Task PublishAsync(string channel, int publisher, RawHubClient other)
    {
        var data = new string('x', DataBytes);
        await using var client = await server.ConnectRawAsync();
        for (var i = 1; i <= Each; i++)
        {
            await client.ResultAsync("Publish", new { channel, id = $"{publisher}-{i}", @event = "flood", data });
            Assert.Equal((publisher * Each) + i, (await other.FrameAsync(channel)).GetProperty("headOffset").GetInt64());
        }
    }
}
