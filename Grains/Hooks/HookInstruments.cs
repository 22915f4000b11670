using System.Diagnostics.Metrics;
using WhatsSound.Grains.Metrics;

namespace WhatsSound.Grains.Hooks;

/// <summary>What webhooks count.</summary>
internal sealed class HookInstruments
{
    private readonly Counter<long> _taken;
    private readonly Counter<long> _failed;
    private readonly Counter<long> _lost;
    private readonly Histogram<double> _delay;
    private long _waiting;

    public HookInstruments(GrainsMeter meter)
    {
        _taken = meter.Meter.CreateCounter<long>("whatssound.hooks.taken", "{event}", "Events that a receiver of webhooks has taken.");
        _failed = meter.Meter.CreateCounter<long>("whatssound.hooks.failed", "{request}", "Requests to receivers of webhooks that did not succeed; they are made again.");
        _lost = meter.Meter.CreateCounter<long>("whatssound.hooks.lost", "{event}", "Events that no receiver will have: given up after their time, or beyond what waits at most.");
        _delay = meter.Meter.CreateHistogram<double>("whatssound.hooks.delay", "s", "How long the oldest event of a request had waited when it was taken.");
        meter.Meter.CreateObservableGauge("whatssound.hooks.waiting", () => Volatile.Read(ref _waiting), "{event}", "Events that wait in the outbox, as this silo counted them last.");
    }

    public void Taken(int events, TimeSpan waited)
    {
        _taken.Add(events);
        _delay.Record(waited.TotalSeconds);
    }

    public void Failed() => _failed.Add(1);

    public void Lost(int events) => _lost.Add(events);

    public void Waiting(long events) => Volatile.Write(ref _waiting, events);
}
