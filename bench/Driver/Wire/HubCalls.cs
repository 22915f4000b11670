using System.Diagnostics;
using System.Text.Json;

namespace WhatsSound.Bench.Wire;

/// <summary>The JSON hub protocol of SignalR, as far as the driver speaks it.</summary>
internal static class HubCalls
{
    public const char RecordEnd = '\u001e';

    public const string Handshake = "{\"protocol\":\"json\",\"version\":1}\u001e";

    public static Heartbeat Heartbeat { get; } = new(Says: WebSocketWriter.Text("{\"type\":6}\u001e"));

    /// <summary>The start of a completion, as SignalR writes it.</summary>
    public static ReadOnlySpan<byte> CompletionStart => "{\"type\":3"u8;

    public static string Invocation(string id, string target, string arguments) =>
        $"{{\"type\":1,\"invocationId\":\"{id}\",\"target\":\"{target}\",\"arguments\":[{arguments}]}}{RecordEnd}";

    /// <summary>How the completion of an invocation names it.</summary>
    public static string Marker(string id) => $"\"invocationId\":\"{id}\"";

    /// <summary>Calls a method, and waits for its completion; answers with it how long that took.</summary>
    public static async Task<(JsonElement Completion, int LatencyUs)> AskAsync(ClientSocket socket, string target, string arguments, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid().ToString("n");
        var invocation = Invocation(id, target, arguments);
        var sent = Stopwatch.GetTimestamp();
        var answer = await socket.AskAsync(invocation, Marker(id), cancellationToken);
        return (Completion(answer, id), answer.MicrosecondsSince(sent));
    }

    /// <summary>The same, and throws if it was not accepted.</summary>
    public static async Task<JsonElement> CallAsync(ClientSocket socket, string target, string arguments, CancellationToken cancellationToken)
    {
        var (completion, _) = await AskAsync(socket, target, arguments, cancellationToken);
        if (completion.TryGetProperty("error", out _) || IsRefusal(completion))
            throw new InvalidOperationException($"{target} was refused: {completion}");
        return completion;
    }

    /// <summary>The completion of an invocation, out of a text that may hold other records too.</summary>
    public static JsonElement Completion(Answer answer, string id)
    {
        var record = answer.Text.Split(RecordEnd).First(r => r.Contains(Marker(id), StringComparison.Ordinal));
        return JsonSerializer.Deserialize<JsonElement>(record);
    }

    public static bool IsRefusal(JsonElement completion) =>
        completion.TryGetProperty("result", out var result)
        && result.ValueKind == JsonValueKind.Object
        && result.TryGetProperty("ok", out var ok)
        && ok.ValueKind == JsonValueKind.False;
}
