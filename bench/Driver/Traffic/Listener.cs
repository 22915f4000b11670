using System.Diagnostics;
using WhatsSound.Bench.Measures;
using WhatsSound.Bench.Servers;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Traffic;

/// <summary>A joined connection that notes when each message comes.</summary>
internal sealed class Listener : IDisposable
{
    private readonly int _index;
    private readonly PublisherAnswers _answers;
    private ClientSocket? _socket;

    private Listener(int index, PublisherAnswers answers)
    {
        _index = index;
        _answers = answers;
    }

    /// <summary>Where deliveries are noted; null: nowhere.</summary>
    public DeliveryLog? Log { get; set; }

    public ClientSocket Socket => _socket ?? throw new InvalidOperationException("The listener has not connected.");

    public static async Task<Listener> JoinAsync(
        ServerProcess server, int index, ClientSocketOptions options, PublisherAnswers answers, CancellationToken cancellationToken)
    {
        var listener = new Listener(index, answers);
        listener._socket = await server.ConnectAsync(index, options, listener.OnText, cancellationToken);
        await server.Server.JoinAsync(listener._socket, index, cancellationToken);
        return listener;
    }

    public void Dispose() => _socket?.Dispose();

    private void OnText(ReadOnlySpan<byte> text)
    {
        if (Log is not { } log)
            return;

        var now = Stopwatch.GetTimestamp();
        if (text.StartsWith(HubCalls.CompletionStart))
            _answers.OnText(text);
        while (Stamp.TryTake(ref text, out var stamp))
            log.Record(_index, stamp, now);
    }
}
