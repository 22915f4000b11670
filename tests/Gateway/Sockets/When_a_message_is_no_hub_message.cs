using System.Net.WebSockets;
using System.Text;

namespace WhatsSound.Tests.Gateway.Sockets;

/// <summary>What is no message, or not yet one, costs the server little and ends the connection.</summary>
public sealed class When_a_message_is_no_hub_message(RunningServer server)
{
    // Above what is read of a message before a token was shown, and below what is read after.
    private const int Much = 100_000;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(8);

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
    public async Task Should_end_the_connection(string record)
    {
        await using var client = await server.ConnectRawAsync();

        await client.SendRawAsync(record);

        await client.Ended.WaitAsync(Soon);
    }

    [Fact]
    public async Task Should_end_a_connection_of_server_sent_events_too()
    {
        await using var client = await EventStreamClient.ConnectAsync(server.Address, server.TokenOf("ada"));

        await client.SendAsync("""{"type":0}""");

        await client.Ended.WaitAsync(Soon);
    }

    [Fact]
    public async Task Should_read_little_of_a_message_before_a_token_was_shown()
    {
        await using var client = await RawHubClient.ConnectAsync(server.Address);

        await client.SendBytesAsync(Bytes(Much));

        await client.Ended.WaitAsync(Soon);
    }

    [Fact]
    public async Task Should_read_little_of_a_message_by_server_sent_events_before_a_token_was_shown()
    {
        await using var client = await EventStreamClient.ConnectAsync(server.Address, token: null);

        await client.SendBytesAsync(Bytes(Much));

        await client.Ended.WaitAsync(Soon);
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
