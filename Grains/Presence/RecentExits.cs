using System.Collections.Immutable;

namespace WhatsSound.Grains.Presence;

/// <summary>
/// The connections that have left lately, with the numbers of their exits: an entry with a lower number was made before the exit, and comes too late. Kept
/// longer than any call is on its way; at the bound the oldest goes.
/// </summary>
internal sealed class RecentExits
{
    /// <summary>As many as leave in <see cref="KeepMs"/> at 136 a second; about 1 MB.</summary>
    public const int CountMax = 8_192;

    public const long KeepMs = 60_000;

    private readonly Dictionary<ConnectionName, ExitMemory> _exits = [];
    private readonly Queue<ExitMemory> _byTime = new();

    /// <summary>The number of the connection's last exit; 0 if nothing is known of any.</summary>
    public long SequenceOf(ConnectionName name) => _exits.TryGetValue(name, out var exit) ? exit.Sequence : 0;

    /// <summary>The connection left; 0, where its gateway does not number.</summary>
    public void Add(ConnectionName name, long sequence, long nowMs)
    {
        if (sequence <= SequenceOf(name))
            return;
        Add(new ExitMemory(name.UserId, name.ConnectionId, sequence, nowMs + KeepMs));
        Trim(nowMs);
    }

    public void Add(ExitMemory exit)
    {
        _exits[exit.Name] = exit;
        _byTime.Enqueue(exit);
    }

    /// <summary>Those that are not over, the oldest first.</summary>
    public ImmutableArray<ExitMemory> ToMemory(long nowMs)
    {
        Trim(nowMs);
        return [.. _byTime];
    }

    /// <summary>About how many bytes its memory takes.</summary>
    public long EstimateBytes() => 128L * _byTime.Count;

    private void Trim(long nowMs)
    {
        while (_byTime.TryPeek(out var oldest) && (oldest.EndMs <= nowMs || _byTime.Count > CountMax))
            Forget(_byTime.Dequeue());
    }

    private void Forget(ExitMemory exit)
    {
        // A later exit of the same connection has its own place in the queue.
        if (_exits[exit.Name] == exit)
            _exits.Remove(exit.Name);
    }
}
