namespace WhatsSound.Bench.Wire;

/// <summary>One frame as it came; the payload is valid until more is read.</summary>
internal readonly ref struct WebSocketFrame(WebSocketOpCode opCode, bool isFinal, ReadOnlySpan<byte> payload)
{
    public WebSocketOpCode OpCode { get; } = opCode;

    /// <summary>Whether it is the last of its message.</summary>
    public bool IsFinal { get; } = isFinal;

    public ReadOnlySpan<byte> Payload { get; } = payload;
}
