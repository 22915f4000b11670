using System.Diagnostics;
using WhatsSound.Bench.Measures;
using WhatsSound.Bench.Servers;

namespace WhatsSound.Bench.Traffic;

/// <summary>All counters at the edge of a window; the window is the difference of two.</summary>
internal sealed record WindowEdge(
    double WallSeconds, double ServerCpuSeconds, double DriverCpuSeconds, double CoreBusySeconds, long Delivered, long? AllocatedBytes, double? CompilationMs)
{
    public static WindowEdge operator -(WindowEdge after, WindowEdge before) => new(
        after.WallSeconds - before.WallSeconds,
        after.ServerCpuSeconds - before.ServerCpuSeconds,
        after.DriverCpuSeconds - before.DriverCpuSeconds,
        after.CoreBusySeconds - before.CoreBusySeconds,
        after.Delivered - before.Delivered,
        after.AllocatedBytes - before.AllocatedBytes,
        after.CompilationMs - before.CompilationMs);

    public static async Task<WindowEdge> ReadAsync(ServerProcess server, DeliveryLog log, RunOptions options)
    {
        var probe = await server.ReadProbeAsync();
        return new WindowEdge(
            Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency,
            server.CpuSeconds,
            ProcessClock.CpuSeconds(Environment.ProcessId),
            ProcessFigures.BusySeconds(options.ServerCore),
            log.Delivered,
            probe.AllocatedBytes,
            probe.CompilationMs);
    }
}
