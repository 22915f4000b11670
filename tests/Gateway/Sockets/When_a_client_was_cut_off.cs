using System.Text.Json;

namespace WhatsSound.Tests.Gateway.Sockets;

public sealed class When_a_client_was_cut_off(RunningServer server)
{
    [Fact]
    public async Task Should_recover_in_a_quiet_channel()
    {
        var channel = server.NewName("quiet");
        var since = await SubscribeAndLoseAsync(channel);

        await using var again = await server.ConnectAsync();
        var recovery = await again.ResultAsync("Subscribe", new { channel, since });

        Assert.Equal("recovered", recovery.GetProperty("verdict").GetString());
        Assert.Equal(0, recovery.GetProperty("publications").GetArrayLength());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(300)]
    public async Task Should_recover_every_message_once_in_a_busy_channel(int missed)
    {
        var channel = server.NewName("busy");
        var since = await SubscribeAndLoseAsync(channel);
        await PublishAsync(channel, missed);

        await using var again = await server.ConnectAsync();
        var recovery = await again.ResultAsync("Subscribe", new { channel, since });
        await PublishAsync(channel, 1);
        var later = await again.PublicationsAsync(channel, missed + 1);

        Assert.Equal("recovered", recovery.GetProperty("verdict").GetString());
        var offsets = recovery.GetProperty("publications").EnumerateArray().Concat(later).Select(one => one.GetProperty("offset").GetInt64());
        Assert.Equal(Enumerable.Range(1, missed + 1).Select(offset => (long)offset), offsets);
    }

    [Fact]
    public async Task Should_be_told_what_is_lost_beyond_the_history()
    {
        var channel = server.NewName("busy");
        var since = await SubscribeAndLoseAsync(channel);
        await PublishAsync(channel, 600);

        await using var again = await server.ConnectAsync();
        var recovery = await again.ResultAsync("Subscribe", new { channel, since });
        await PublishAsync(channel, 1);

        Assert.Equal("lost", recovery.GetProperty("verdict").GetString());
        Assert.Equal(1, recovery.GetProperty("lostFrom").GetInt64());
        // An answer goes as far as the gateway has come, which may be behind what was acknowledged: the rest follows it.
        Assert.Equal(601, (await again.PublicationsAsync(channel, 601))[^1].GetProperty("offset").GetInt64());
    }

    [Fact]
    public async Task Should_be_told_that_another_numbering_is_lost()
    {
        var channel = server.NewName("quiet");
        await SubscribeAndLoseAsync(channel);

        await using var again = await server.ConnectAsync();
        var recovery = await again.ResultAsync("Subscribe", new { channel, since = new { epoch = "another", offset = 0 } });

        Assert.Equal("lost", recovery.GetProperty("verdict").GetString());
        Assert.Equal(JsonValueKind.Null, recovery.GetProperty("lostFrom").ValueKind);
    }

    [Fact]
    public async Task Should_rewind_by_count()
    {
        var channel = server.NewName("busy");
        await PublishAsync(channel, 10);

        await using var client = await server.ConnectAsync();
        var recovery = await client.ResultAsync("Subscribe", new { channel, rewindCount = 3 });

        Assert.Equal([8L, 9, 10], recovery.GetProperty("publications").EnumerateArray().Select(one => one.GetProperty("offset").GetInt64()));
    }

    private async Task<JsonElement> SubscribeAndLoseAsync(string channel)
    {
        await using var client = await server.ConnectAsync();
        var recovery = await client.ResultAsync("Subscribe", new { channel });
        client.Kill();
        return recovery.GetProperty("position");
    }

    private async Task PublishAsync(string channel, int count)
    {
        for (var sent = 0; sent < count;)
        {
            await using var client = await server.ConnectAsync();
            for (var i = 0; i < 50 && sent < count; i++, sent++)
                await client.ResultAsync("Publish", new { channel, id = Guid.NewGuid().ToString("N"), @event = "said", data = sent });
        }
    }
}
