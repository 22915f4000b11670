using System.Net.WebSockets;
using System.Text;
using System.Text.Json;

namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>What is no message, or not yet one, costs the server little and ends the connection: it would come again, so the client is to stay away.</summary>
public sealed class When_a_message_is_no_hub_message(RunningServer server)
{
    // Above what is read of a message before a token was shown, and below what is read after.
    private const int Much = 100_000;

    // Above what is read of anybody's message.
    private const int VeryMuch = 3_000_000;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("""{"type":0}""")]
    [InlineData("""{"type":10}""")]
    [InlineData("""{"type":-1}""")]
    [InlineData("""{"type":2147483647}""")]
    [InlineData("""{"type":null}""")]
    [InlineData("""{"type":"1"}""")]
    [InlineData("""{"type":1.5}""")]
    [InlineData("{}")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("7")]
    [InlineData("")]
    [InlineData("no json")]
    [InlineData("""{"type":6} {}""")]
    [InlineData("""{"type":1,"target":"Publish","arguments":[{"channel":"news","id":"1","data":1}]} x""")]
    [InlineData("""{"type":1,"target":"$call","arguments":[null]} x""")]
    public async Task Should_end_the_connection_for_good(string record)
    {
        await using var client = await server.ConnectRawAsync();

        await client.SendRawAsync(record);

        await AssertIsSentAwayAsync(client, "BAD_REQUEST");
    }

    [Fact]
    public async Task Should_carry_nothing_out_that_comes_behind_it()
    {
        var channel = server.NewName("broken");
        await using var listener = await server.ConnectRawAsync();
        await listener.ResultAsync("Subscribe", new { channel });
        await using var client = await server.ConnectRawAsync();

        await client.SendRawAsync("{}\u001e" + $$"""{"type":1,"target":"Publish","arguments":[{"channel":"{{channel}}","id":"1","event":"said","data":1}]}""");
        await AssertIsSentAwayAsync(client, "BAD_REQUEST");
        await listener.ResultAsync("Publish", new { channel, id = "2", @event = "said", data = 2 });

        Assert.Equal(1, (await listener.FrameAsync(channel)).GetProperty("headOffset").GetInt64());
    }

    [Fact]
    public async Task Should_end_a_connection_of_server_sent_events_too()
    {
        await using var client = await EventStreamClient.ConnectAsync(server.Address, server.TokenOf("ada"));

        await client.SendAsync("""{"type":0}""");

        await AssertIsSentAwayAsync(client, "BAD_REQUEST");
    }

    [Fact]
    public async Task Should_read_little_of_a_message_before_a_token_was_shown()
    {
        await using var client = await RawHubClient.ConnectAsync(server.Address);

        await client.SendBytesAsync(Bytes(Much));

        await AssertIsSentAwayAsync(client, "PAYLOAD_TOO_LARGE");
    }

    [Fact]
    public async Task Should_read_little_of_a_message_by_server_sent_events_before_a_token_was_shown()
    {
        await using var client = await EventStreamClient.ConnectAsync(server.Address, token: null);

        await client.SendBytesAsync(Bytes(Much));

        await AssertIsSentAwayAsync(client, "PAYLOAD_TOO_LARGE");
    }

    [Fact]
    public async Task Should_read_little_of_a_handshake()
    {
        using var socket = new ClientWebSocket();
        await socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = "/hub" }.Uri, CancellationToken.None);

        await socket.SendAsync(Bytes(Much), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

        await EndOfAsync(socket).WaitAsync(Soon);
    }

    [Fact]
    public async Task Should_read_more_of_who_has_shown_a_token()
    {
        await using var client = await server.ConnectRawAsync();

        var answer = client.CallRecordAsync($$"""{"type":1,"invocationId":"$ID$","target":"Time","arguments":[{"x":"{{new string('x', Much)}}"}]}""");

        Assert.Equal("PAYLOAD_TOO_LARGE", HubAnswers.CodeOf(await answer));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Should_not_read_without_end_of_who_has_shown_a_token(bool isWhole)
    {
        await using var client = await server.ConnectRawAsync();

        await client.SendBytesAsync([.. Bytes(VeryMuch), isWhole ? (byte)0x1e : (byte)'x']);

        await AssertIsSentAwayAsync(client, "PAYLOAD_TOO_LARGE");
    }

    private static async Task AssertIsSentAwayAsync(RawHubClient client, string code)
    {
        var closing = await client.EventAsync("closing").WaitAsync(Soon);
        Assert.Equal((code, JsonValueKind.Null), (closing.GetProperty("code").GetString(), closing.GetProperty("reconnectAfterMs").ValueKind));
        Assert.False(When_a_client_shows_no_token.MayReconnect(await client.CloseMessage.WaitAsync(Soon)));
        await client.Ended.WaitAsync(Soon);
    }

    private static async Task AssertIsSentAwayAsync(EventStreamClient client, string code)
    {
        var goodbye = await client.ReadUntilAsync("\"closing\"").WaitAsync(Soon);
        Assert.Contains($"\"code\":\"{code}\",\"reconnectAfterMs\":null", goodbye, StringComparison.Ordinal);
        Assert.EndsWith("{\"type\":7}\u001e", goodbye, StringComparison.Ordinal);
        await client.Ended.WaitAsync(Soon);
    }

    private static byte[] Bytes(int count) => Encoding.ASCII.GetBytes(new string('x', count));

    private static async Task EndOfAsync(ClientWebSocket socket)
    {
        var buffer = new byte[1024];
        try
        {
            while ((await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None)).MessageType != WebSocketMessageType.Close)
            {
            }
        }
        catch (WebSocketException)
        {
            // Ended without a goodbye, which is an end too.
        }
    }
}
