using System.Collections.Immutable;
using WhatsSound.Users;

namespace WhatsSound.Gateway.Sessions;

/// <summary>By what a session can be resumed.</summary>
/// <param name="sessionId">Its id over all its connections.</param>
/// <param name="keyHash">Of the key that its client shows.</param>
/// <param name="parked">What it had on its last connection; null: it is on its first.</param>
internal sealed class Resumption(string sessionId, ImmutableArray<byte> keyHash, ParkedSession? parked = null)
{
    private ParkedSession? _unrestored = parked;
    private bool _isRestored;

    public string SessionId => sessionId;

    public ImmutableArray<byte> KeyHash => keyHash;

    /// <summary>Which of its connections it is on.</summary>
    public int ConnectionNumber { get; } = (parked?.ConnectionNumber ?? 0) + 1;

    /// <summary>As its user's grain is told of it; null: not yet.</summary>
    public SessionHold? Hold { get; set; }

    /// <summary>
    /// What it is to have, until it has it: a connection that is lost on the way gives that to the next one, and not the part of it that was there already. Null: what it has is all.
    /// </summary>
    public ParkedSession? Unrestored => Volatile.Read(ref _unrestored);

    /// <summary>What could be restored is, and the client is about to be told of the rest.</summary>
    public void Restored() => _isRestored = true;

    /// <summary>A request was answered. If it was the one that restored it, the session has from now on what it is attached to: while the answer had not gone, it had no place in a channel.</summary>
    public void Answered()
    {
        if (_isRestored)
            Volatile.Write(ref _unrestored, null);
    }
}
