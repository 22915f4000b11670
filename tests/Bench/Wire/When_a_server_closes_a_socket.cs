using System.Threading.Channels;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Tests.Bench.Wire;

public class When_a_server_closes_a_socket
{
    [Fact]
    public async Task Should_fail_the_request_that_waits()
    {
        using var server = new OneShotServer();
        using var client = await server.ConnectAsync(static _ => { });

        var answer = client.AskAsync("question", "answer", CancellationToken.None);
        server.Reset();

        await Assert.ThrowsAsync<InvalidOperationException>(() => answer);
        Assert.True(client.IsClosed);
    }

    [Fact]
    public async Task Should_end_one_that_was_stalled_when_it_reads_again()
    {
        using var server = new OneShotServer();
        var texts = Channel.CreateUnbounded<string>();
        using var client = await server.ConnectAsync(text => texts.Writer.TryWrite(System.Text.Encoding.UTF8.GetString(text)));
        client.Stall();
        server.Send(ServerFrame.Of("last"));
        await texts.Reader.ReadAsync();
        server.Reset();

        client.Resume();

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.AskAsync("question", "answer", CancellationToken.None));
        Assert.True(client.IsClosed);
    }

    [Fact]
    public async Task Should_survive_a_ping_that_can_no_longer_be_answered()
    {
        using var server = new OneShotServer();
        var isClosedSeen = new TaskCompletionSource<bool>();
        ClientSocket? client = null;
        using var connected = client = await server.ConnectAsync(_ =>
        {
            // The server is gone before the ping that follows this text in the same bytes is answered.
            server.Reset();
            client!.Send(WebSocketWriter.Text("one"));
            client.Send(WebSocketWriter.Text("two"));
            isClosedSeen.SetResult(client.IsClosed);
        });

        server.Send([.. ServerFrame.Of("text"), .. ServerFrame.Of("", WebSocketOpCode.Ping)]);
        await isClosedSeen.Task;

        await Assert.ThrowsAsync<InvalidOperationException>(() => client.AskAsync("question", "answer", CancellationToken.None));
    }

    [Fact]
    public async Task Should_take_the_driver_closing_it_while_a_message_is_handled()
    {
        using var server = new OneShotServer();
        var handled = new TaskCompletionSource();
        ClientSocket? client = null;
        client = await server.ConnectAsync(_ =>
        {
            client!.Dispose();
            handled.SetResult();
        });

        server.Send(ServerFrame.Of("text"));
        await handled.Task;

        Assert.True(client.IsClosed);
    }
}
