using System.Diagnostics.Metrics;

namespace WhatsSound.Embedded.Runtime;

internal static class EmbeddedMetrics
{
    private static readonly Meter Meter = new("WhatsSound.Embedded");

    private static readonly UpDownCounter<int> activations = Meter.CreateUpDownCounter<int>("embedded.activations", "{activation}", "Grains that are active.");
    private static readonly Counter<long> calls = Meter.CreateCounter<long>("embedded.calls", "{call}", "Calls sent.");
    private static readonly Counter<long> timeouts = Meter.CreateCounter<long>("embedded.timeouts", "{call}", "Calls whose response did not come in time.");

    public static void Activated() => activations.Add(1);

    public static void Deactivated() => activations.Add(-1);

    public static void Called() => calls.Add(1);

    public static void TimedOut() => timeouts.Add(1);
}
