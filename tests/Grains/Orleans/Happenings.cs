using System.Collections.Concurrent;

namespace WhatsSound.Tests.Grains.Orleans;

/// <summary>What a test and the grain of the same key tell each other past the cluster: named events, each of which happens once.</summary>
internal sealed class Happenings
{
    private static readonly ConcurrentDictionary<string, Happenings> All = new(StringComparer.Ordinal);
    private static readonly TimeSpan PatienceMax = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, TaskCompletionSource> _events = new(StringComparer.Ordinal);

    public static Happenings Of(string key) => All.GetOrAdd(key, static _ => new());

    public void Tell(string name) => Event(name).TrySetResult();

    public bool HasHappened(string name) => Event(name).Task.IsCompleted;

    /// <summary>Fails rather than waiting for ever.</summary>
    public Task UntilAsync(string name) => Event(name).Task.WaitAsync(PatienceMax);

    private TaskCompletionSource Event(string name) =>
        _events.GetOrAdd(name, static _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
