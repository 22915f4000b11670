namespace WhatsSound.Bench.Wire;

/// <summary>What a protocol's client says to be known as alive, above the WebSocket.</summary>
/// <param name="Says">What it says by itself, every 15 s; null: nothing.</param>
/// <param name="Asked">What the server asks; null: it does not.</param>
/// <param name="Answers">What the client answers to that.</param>
internal sealed record Heartbeat(string? Says = null, string? Asked = null, string? Answers = null)
{
    public static Heartbeat None { get; } = new();
}
