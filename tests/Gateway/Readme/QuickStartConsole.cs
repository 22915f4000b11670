using System.Collections.Concurrent;

namespace Readme.Start;

/// <summary>Keeps what the README's program writes.</summary>
internal static class QuickStartConsole
{
    public static ConcurrentQueue<string> Lines { get; } = [];

    public static void WriteLine(string line) => Lines.Enqueue(line);
}
