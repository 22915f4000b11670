using System.Collections.Concurrent;

namespace Readme.Examples;

/// <summary>Keeps what the README's examples write.</summary>
internal static class ReadmeConsole
{
    public static ConcurrentQueue<string> Lines { get; } = [];

    public static void WriteLine(string line) => Lines.Enqueue(line);
}
