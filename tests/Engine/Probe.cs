using System.Collections.Concurrent;

namespace WhatsSound.Tests.Engine;

/// <summary>What a test and the grain of the same key tell each other, past the engine.</summary>
public sealed class Probe
{
    private static readonly ConcurrentDictionary<string, Probe> Probes = new();
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> signals = new();
    private readonly ConcurrentQueue<string> entries = new();

    public string[] Entries => [.. entries];

    public static Probe Of(string key) => Probes.GetOrAdd(key, static _ => new());

    public void Record(string entry)
    {
        entries.Enqueue(entry);
        Mark(entry);
    }

    public void Mark(string signal) => Signal(signal).TrySetResult();

    public bool IsMarked(string signal) => Signal(signal).Task.IsCompleted;

    /// <summary>Completes when the signal has been given; fails rather than waiting for ever.</summary>
    public Task Marked(string signal) => Signal(signal).Task.WaitAsync(PatienceMax);

    private TaskCompletionSource Signal(string name) => signals.GetOrAdd(name, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
