using System.Runtime.InteropServices;

namespace WhatsSound.Bench.Measures;

/// <summary>The CPU clock of another process, in nanoseconds; /proc has hundredths of a second.</summary>
internal static class ProcessClock
{
    /// <summary>User and system time of all threads of a process since it started.</summary>
    public static double CpuSeconds(int processId)
    {
        if (GetClockId(processId, out var clock) != 0 || GetTime(clock, out var time) != 0)
            throw new InvalidOperationException($"The process {processId} has no CPU clock: it has ended.");
        return time.Seconds + (time.Nanoseconds / 1e9);
    }

    [DllImport("libc", EntryPoint = "clock_getcpuclockid")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetClockId(int processId, out int clock);

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out TimeValue time);

    [StructLayout(LayoutKind.Sequential)]
    private readonly struct TimeValue
    {
        public readonly long Seconds;
        public readonly long Nanoseconds;
    }
}
