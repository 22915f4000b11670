using System.Diagnostics;
using WhatsSound.Bench.Servers;

namespace WhatsSound.Bench.Measures;

/// <summary>What a server has taken so far; the difference of two is what it took between them.</summary>
internal sealed record ServerCost(double WallSeconds, double CpuSeconds, double BytesWritten)
{
    public static ServerCost operator -(ServerCost after, ServerCost before) =>
        new(after.WallSeconds - before.WallSeconds, after.CpuSeconds - before.CpuSeconds, after.BytesWritten - before.BytesWritten);

    public static ServerCost Of(ServerProcess server) =>
        new(Stopwatch.GetTimestamp() / (double)Stopwatch.Frequency, server.CpuSeconds, server.FileBytesWritten);
}
