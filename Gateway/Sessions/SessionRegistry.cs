using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace WhatsSound.Gateway.Sessions;

/// <summary>The open connections of this gateway, of all doors.</summary>
internal sealed class SessionRegistry(GatewayMeters meters)
{
    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    private TaskCompletionSource? _empty;

    public IEnumerable<Session> All => _sessions.Select(static pair => pair.Value);

    public void Add(Session session)
    {
        if (_sessions.TryAdd(session.Id, session))
            meters.ConnectionOpened();
    }

    public bool TryFind(string id, [NotNullWhen(true)] out Session? session) => _sessions.TryGetValue(id, out session);

    public void Remove(Session session)
    {
        if (_sessions.TryRemove(session.Id, out _))
            meters.ConnectionClosed();
        if (_sessions.IsEmpty)
            Volatile.Read(ref _empty)?.TrySetResult();
    }

    /// <summary>Done when no connection is left, or after the timeout.</summary>
    public async Task WhenEmptyAsync(TimeSpan timeout, TimeProvider time)
    {
        var empty = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        Volatile.Write(ref _empty, empty);
        if (!_sessions.IsEmpty)
            await Task.WhenAny(empty.Task, Task.Delay(timeout, time));
    }
}
