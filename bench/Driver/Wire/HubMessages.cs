namespace WhatsSound.Bench.Wire;

/// <summary>The JSON hub protocol, as far as the driver writes it.</summary>
internal static class HubMessages
{
    /// <summary>The start of a completion, as SignalR writes it.</summary>
    public static ReadOnlySpan<byte> CompletionStart => "{\"type\":3"u8;

    public static string Invocation(string id, string target, string arguments) =>
        $"{{\"type\":1,\"invocationId\":\"{id}\",\"target\":\"{target}\",\"arguments\":[{arguments}]}}\u001e";
}
