using System.Text;
using System.Threading.Channels;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Tests.Bench.Wire;

public class When_a_server_speaks
{
    private readonly Channel<string> _texts = Channel.CreateUnbounded<string>();

    [Fact]
    public async Task Should_hear_what_follows_the_upgrade_in_the_same_bytes()
    {
        using var server = new OneShotServer();
        using var client = await server.ConnectAsync(OnText, first: ServerFrame.Of("0{}"));

        Assert.Equal("0{}", await _texts.Reader.ReadAsync());
    }

    [Fact]
    public async Task Should_put_the_fragments_of_a_message_together()
    {
        using var server = new OneShotServer();
        using var client = await server.ConnectAsync(OnText);

        server.Send(ServerFrame.Of("one, ", isFinal: false));
        server.Send(ServerFrame.Of("two, ", WebSocketOpCode.Continuation, isFinal: false));
        server.Send([.. ServerFrame.Of("three", WebSocketOpCode.Continuation), .. ServerFrame.Of("four")]);

        Assert.Equal("one, two, three", await _texts.Reader.ReadAsync());
        Assert.Equal("four", await _texts.Reader.ReadAsync());
    }

    [Fact]
    public async Task Should_answer_when_it_is_asked_whether_it_is_alive()
    {
        using var server = new OneShotServer();
        using var client = await server.ConnectAsync(OnText, new Heartbeat(Asked: "2", Answers: "3"));

        server.Send(ServerFrame.Of("2"));

        Assert.Equal(WebSocketWriter.Text("3"), await server.ReceiveAsync());
    }

    private void OnText(ReadOnlySpan<byte> text) => _texts.Writer.TryWrite(Encoding.UTF8.GetString(text));
}
