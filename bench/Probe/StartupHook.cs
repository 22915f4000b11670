using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime;
using WhatsSound.Bench.Probe;

/// <summary>
/// Loaded by the runtime into each server under test (DOTNET_STARTUP_HOOKS), so that all of them are measured by the same code and none carries
/// any of its own. Answers one line on stdout to each line on stdin, and ends the process when the driver is gone.
/// </summary>
/// <remarks>The runtime looks for this name without a namespace.</remarks>
[SuppressMessage("Design", "CA1050:Declare types in namespaces", Justification = "The runtime looks for this name without a namespace.")]
[SuppressMessage("Design", "MA0047:Declare types in namespaces", Justification = "The runtime looks for this name without a namespace.")]
internal static class StartupHook
{
    private const string Collect = "collect";
    private const string Deactivate = "deactivate";

    private static readonly HostFinder Host = new();

    public static void Initialize()
    {
        DiagnosticListener.AllListeners.Subscribe(Host);
        new Thread(Answer) { IsBackground = true, Name = "bench probe" }.Start();
    }

    private static void Answer()
    {
        using var commands = new StreamReader(Console.OpenStandardInput());
        while (commands.ReadLine() is { } command)
        {
            if (string.Equals(command, Collect, StringComparison.Ordinal))
                CollectAll();
            else if (string.Equals(command, Deactivate, StringComparison.Ordinal))
                Grains.DeactivateAll(Host.Services);
            Console.Out.WriteLine(Figures());
        }

        Environment.Exit(0);
    }

    private static void CollectAll()
    {
        for (var i = 0; i < 2; i++)
        {
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
            GC.WaitForPendingFinalizers();
        }
    }

    private static string Figures() => string.Create(
        CultureInfo.InvariantCulture,
        $"@probe {GC.GetTotalMemory(forceFullCollection: false)} {GC.GetTotalAllocatedBytes()} {JitInfo.GetCompilationTime().TotalMilliseconds:0}");
}
