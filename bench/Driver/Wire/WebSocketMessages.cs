using System.Buffers;

namespace WhatsSound.Bench.Wire;

/// <summary>Puts the frames of a message together; one that came whole is handed on where it lies.</summary>
internal sealed class WebSocketMessages(TextHandler onText)
{
    private readonly ArrayBufferWriter<byte> _partial = new();

    public void Take(WebSocketFrame frame)
    {
        if (frame.OpCode is not (WebSocketOpCode.Text or WebSocketOpCode.Binary or WebSocketOpCode.Continuation))
            return;

        if (frame.IsFinal && _partial.WrittenCount == 0)
        {
            onText(frame.Payload);
            return;
        }

        _partial.Write(frame.Payload);
        if (!frame.IsFinal)
            return;
        onText(_partial.WrittenSpan);
        _partial.ResetWrittenCount();
    }
}
