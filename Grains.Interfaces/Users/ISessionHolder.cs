using System.Collections.Immutable;

namespace WhatsSound.Users;

/// <summary>A gateway, as the holder of sessions that may have been left without its having noticed.</summary>
[Alias("ws.ISessionHolder"), GrainInterfaceType("ws.ISessionHolder")]
public interface ISessionHolder : IGrainObserver
{
    /// <summary>
    /// Ends the session's connection, which gets no more, and answers what the session had. Null: there is no such session here with that key, or it has ended by itself: then, when this is answered,
    /// it was parked if it is to be.
    /// </summary>
    // Interleaves, since one that waits for a session that is ending must not hold up the others: which call takes a session over is decided in one step, under the session's lock.
    [Alias("Release"), AlwaysInterleave, ResponseTimeout("00:00:02")]
    Task<ParkedSession?> ReleaseAsync(string sessionId, ImmutableArray<byte> keyHash);
}
