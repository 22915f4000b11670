using Microsoft.Extensions.DependencyInjection;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Tests.Doors.Contract;

/// <summary>What ends a connection, and that it is no other's business.</summary>
public sealed class When_a_connection_ends(DoorServer server)
{
    public static TheoryData<Door> EveryDoor => Doors.All;

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_a_slow_readers_alone(Door door)
    {
        var (channel, user) = (server.NewName("flood"), server.NewName("slow"));
        await using var slow = await door.ConnectAsUserAsync(server, user);
        await using var other = await door.ConnectAsUserAsync(server);
        await slow.DoAsync("Subscribe", new { channel });
        await other.DoAsync("Subscribe", new { channel });
        var sessions = server.Services.GetRequiredService<SessionRegistry>();
        slow.StopReading();

        // More than a kernel holds for a reader that does not read, and the outbox on top; no faster than the other reads.
        for (var offset = 1; offset <= 400 && sessions.All.Any(session => session.Identity?.UserId == user); offset++)
        {
            await server.PublishAsync(channel, bytes: 40_000);
            await other.DeliveredAsync(channel, offset);
        }

        await Eventually.BecomesTrueAsync(() => !sessions.All.Any(session => session.Identity?.UserId == user));
        var last = await server.PublishAsync(channel);
        await other.DeliveredAsync(channel, last.Offset);
        Assert.Equal(Enumerable.Range(1, (int)last.Offset).Select(offset => (long)offset), other.OffsetsOf(channel));
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_follow_a_message_that_is_too_large(Door door)
    {
        await using var client = await door.ConnectAsUserAsync(server);
        await client.DoAsync("Time", new { t1Us = 1 });

        await SendPaddedAsync(client, 3 * 1024 * 1024);

        await AssertTooLargeAsync(client);
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_follow_a_message_of_64_KiB_before_there_is_a_token(Door door)
    {
        await using var client = await door.ConnectAsync(server, token: null);

        await SendPaddedAsync(client, 100 * 1024);

        await AssertTooLargeAsync(client);
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_follow_what_is_no_message(Door door)
    {
        await using var client = await door.ConnectAsUserAsync(server);
        await using var other = await door.ConnectAsUserAsync(server);

        await SendAsync(client, "{ this is no JSON"u8.ToArray());

        await client.Ended;
        await other.DoAsync("Time", new { t1Us = 1 });
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_told_before_the_server_goes(Door door)
    {
        await using var going = await DoorServer.StartAsync();
        await using var client = await door.ConnectAsUserAsync(going);
        await client.DoAsync("Subscribe", new { channel = "news" });

        var stopping = going.StopAsync();
        var closing = (Arrival.Closing)await client.ArrivalAsync(arrival => arrival is Arrival.Closing);

        Assert.Equal("NOT_READY", closing.Code);
        Assert.True(closing.ReconnectAfterMs > 0);
        client.Kill();
        await stopping;
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_be_told_to_whoever_shows_no_token_in_time(Door door)
    {
        await using var hasty = await DoorServer.StartAsync("--Sessions:AuthenticateWithin", "00:00:01");
        await using var client = await door.ConnectAsync(hasty, token: null);

        var closing = (Arrival.Closing)await client.ArrivalAsync(arrival => arrival is Arrival.Closing);

        Assert.Equal("UNAUTHENTICATED", closing.Code);
    }

    [Theory]
    [MemberData(nameof(EveryDoor))]
    public async Task Should_make_room_for_another_of_its_address(Door door)
    {
        await using var small = await DoorServer.StartAsync("--Sessions:ConnectionsPerAddressMax", "2");
        await using var first = await door.ConnectAsUserAsync(small);
        await using var second = await door.ConnectAsUserAsync(small);
        await first.DoAsync("Time", new { t1Us = 1 });
        await second.DoAsync("Time", new { t1Us = 1 });
        Assert.False(await IsLetInAsync(door, small));

        await SendAsync(second, new byte[3 * 1024 * 1024]);
        await second.Ended;

        await Eventually.BecomesTrueAsync(() => IsLetInAsync(door, small));
        await first.DoAsync("Time", new { t1Us = 1 });
    }

    private static async Task<bool> IsLetInAsync(Door door, DoorServer server)
    {
        try
        {
            await using var client = await door.ConnectAsUserAsync(server);
            await client.DoAsync("Time", new { t1Us = 1 });
            return true;
        }
        catch (Exception exception) when (exception is InvalidOperationException or System.Net.WebSockets.WebSocketException or HttpRequestException)
        {
            return false;
        }
    }

    private static async Task AssertTooLargeAsync(DoorClient client)
    {
        var closing = (Arrival.Closing)await client.ArrivalAsync(arrival => arrival is Arrival.Closing);
        Assert.Equal("PAYLOAD_TOO_LARGE", closing.Code);
        await client.Ended;
    }

    private static Task SendAsync(DoorClient client, byte[] bytes) => SendAsync(() => client.SendBytesAsync(bytes));

    /// <summary>A request that would be carried out, but for its size.</summary>
    private static Task SendPaddedAsync(DoorClient client, int bytes) =>
        SendAsync(() => client.SendAsync("Time", new { t1Us = 1, padding = new string('x', bytes) }));

    /// <summary>The server may cut the connection while it is still being sent to.</summary>
    private static async Task SendAsync(Func<Task> sendAsync)
    {
        try
        {
            await sendAsync();
        }
        catch (Exception exception) when (exception is System.Net.WebSockets.WebSocketException or HttpRequestException or IOException)
        {
            // As it should.
        }
    }
}
