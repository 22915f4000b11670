using System.Globalization;

namespace WhatsSound.Bench.Measures;

/// <summary>What the kernel says of a process.</summary>
internal static class ProcessFigures
{
    // The kernel reports to user space in hundredths of a second on every architecture (USER_HZ).
    private const double TicksPerSecond = 100;

    /// <summary>What it has handed to the kernel by <c>write</c> since it started: files, and the little that goes to stdout. Sockets take another way.</summary>
    public static long FileBytesWritten(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/io").First(l => l.StartsWith("wchar:", StringComparison.Ordinal));
        return Number(line.Split(' ')[1]);
    }

    /// <summary>Resident memory, from the page tables (the cheaper counters of /proc/pid/status lag).</summary>
    public static long ResidentBytes(int processId)
    {
        var line = File.ReadLines($"/proc/{processId}/smaps_rollup").First(l => l.StartsWith("Rss:", StringComparison.Ordinal));
        return Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]) * 1024;
    }

    /// <summary>Seconds that a core has spent on anything but idling, since boot.</summary>
    public static double BusySeconds(int core)
    {
        var line = File.ReadLines("/proc/stat").First(l => l.StartsWith($"cpu{core} ", StringComparison.Ordinal));
        var fields = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var idle = Number(fields[4]) + Number(fields[5]);
        return (fields[1..9].Sum(Number) - idle) / TicksPerSecond;
    }

    private static long Number(string field) => long.Parse(field, CultureInfo.InvariantCulture);
}
