using System.Buffers;
using MessagePack;

namespace WhatsSound.Bench.Wire;

/// <summary>The MessagePack hub protocol of SignalR, as far as the driver speaks it.</summary>
internal static class MessagePackHubCalls
{
    /// <summary>Text, in every hub protocol.</summary>
    public const string Handshake = "{\"protocol\":\"messagepack\",\"version\":1}\u001e";

    private const int Invocation = 1;
    private const int Ping = 6;

    public static Heartbeat Heartbeat { get; } = new(Says: Record(static (ref MessagePackWriter writer) =>
    {
        writer.WriteArrayHeader(1);
        writer.Write(Ping);
    }));

    private delegate void Writing(ref MessagePackWriter writer);

    /// <summary>Calls a method with one map of strings, and throws if it was not accepted.</summary>
    public static async Task CallAsync(ClientSocket socket, string target, IReadOnlyDictionary<string, string> argument, CancellationToken cancellationToken)
    {
        var id = Guid.NewGuid().ToString("n");
        var answer = await socket.AskAsync(Record(Write), id, cancellationToken);
        if (answer.Text.Contains("retryable", StringComparison.Ordinal))
            throw new InvalidOperationException($"{target} was refused: {answer.Text}");

        void Write(ref MessagePackWriter writer)
        {
            // Type, headers, id, method, arguments, streams.
            writer.WriteArrayHeader(6);
            writer.Write(Invocation);
            writer.WriteMapHeader(0);
            writer.Write(id);
            writer.Write(target);
            writer.WriteArrayHeader(1);
            writer.WriteMapHeader(argument.Count);
            foreach (var (name, value) in argument)
            {
                writer.Write(name);
                writer.Write(value);
            }

            writer.WriteArrayHeader(0);
        }
    }

    /// <summary>A frame with one record, its length before it.</summary>
    private static byte[] Record(Writing write)
    {
        var record = new ArrayBufferWriter<byte>();
        var writer = new MessagePackWriter(record);
        write(ref writer);
        writer.Flush();
        byte[] length = [.. Length(record.WrittenCount)];
        return WebSocketWriter.Frame(WebSocketOpCode.Binary, [.. length, .. record.WrittenSpan]);
    }

    private static IEnumerable<byte> Length(int bytes)
    {
        for (; bytes > 0x7F; bytes >>= 7)
            yield return (byte)(bytes | 0x80);
        yield return (byte)bytes;
    }
}
