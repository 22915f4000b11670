using System.Diagnostics.CodeAnalysis;

namespace WhatsSound.Embedded.Runtime;

/// <summary>
/// The requests of one activation: which run, which wait, and which may start. Not thread safe.
/// As in Orleans, the first request that does not always interleave blocks the others until it ends; read-only requests pass a
/// read-only one, and when the blocking one ends the next may start although read-only ones that passed still run.
/// </summary>
internal sealed class RequestQueue(bool reentrant)
{
    private readonly LinkedList<Request> waiting = new();
    private readonly List<Request> running = [];
    private Request? blocking;

    public int RunningCount => running.Count;

    public int Count => running.Count + waiting.Count;

    public void Add(Request request) => waiting.AddLast(request);

    /// <summary>Takes the first waiting request that may start now; ones that may not are passed over.</summary>
    public bool TryStart([NotNullWhen(true)] out Request? request)
    {
        for (var node = waiting.First; node is not null; node = node.Next)
        {
            if (!MayStart(node.Value)) continue;
            request = node.Value;
            waiting.Remove(node);
            running.Add(request);
            if (!request.AlwaysInterleaves) blocking ??= request;
            return true;
        }

        request = null;
        return false;
    }

    public void End(Request request)
    {
        running.Remove(request);
        if (ReferenceEquals(blocking, request)) blocking = null;
    }

    public List<Request> TakeWaiting()
    {
        var taken = waiting.ToList();
        waiting.Clear();
        return taken;
    }

    public List<Request> TakeAll()
    {
        var taken = running.Concat(waiting).ToList();
        waiting.Clear();
        running.Clear();
        return taken;
    }

    private bool MayStart(Request request)
        => reentrant || running.Count == 0 || blocking is null || request.AlwaysInterleaves || (request.IsReadOnly && blocking.IsReadOnly);
}
