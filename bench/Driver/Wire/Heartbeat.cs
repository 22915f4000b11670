namespace WhatsSound.Bench.Wire;

/// <summary>What a protocol's client says to be known as alive, above the WebSocket.</summary>
/// <param name="Says">The frame that it sends by itself, every 15 s; null: none.</param>
/// <param name="Asked">What the server asks; null: it does not.</param>
/// <param name="Answers">What the client answers to that.</param>
internal sealed record Heartbeat(byte[]? Says = null, string? Asked = null, string? Answers = null)
{
    public static Heartbeat None { get; } = new();
}
