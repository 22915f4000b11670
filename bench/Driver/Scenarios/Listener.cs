using System.Diagnostics;
using WhatsSound.Bench.Measures;
using WhatsSound.Bench.Servers;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Scenarios;

/// <summary>A joined connection that notes when each message comes.</summary>
internal sealed class Listener : IDisposable
{
    private readonly int _index;
    private readonly PublisherAnswers _answers;
    private HubSocket? _hub;

    private Listener(int index, PublisherAnswers answers)
    {
        _index = index;
        _answers = answers;
    }

    /// <summary>Where deliveries are noted; null: nowhere.</summary>
    public DeliveryLog? Log { get; set; }

    public HubSocket Hub => _hub ?? throw new InvalidOperationException("The listener has not connected.");

    public static async Task<Listener> JoinAsync(
        ServerProcess server, int index, HubSocketOptions options, PublisherAnswers answers, CancellationToken cancellationToken)
    {
        var listener = new Listener(index, answers);
        listener._hub = await server.ConnectAsync(index, options, listener.OnText, cancellationToken);
        await server.Server.JoinAsync(listener._hub, index, cancellationToken);
        return listener;
    }

    public void Dispose() => _hub?.Dispose();

    private void OnText(ReadOnlySpan<byte> text)
    {
        if (Log is not { } log)
            return;

        var now = Stopwatch.GetTimestamp();
        if (text.StartsWith(HubMessages.CompletionStart))
            _answers.OnText(text);
        while (Stamp.TryTake(ref text, out var stamp))
            log.Record(_index, stamp, now);
    }
}
