using System.Collections.Immutable;
using System.Security.Cryptography;
using WhatsSound.Users;

namespace WhatsSound.Grains.Users;

/// <summary>
/// A user's sessions without a connection, each for as long as it said; the one that has waited for longest first. Bounded by the options in count, and each in bytes: at the bound of
/// the count the first goes, and one that is too large does not get in. Immutable.
/// </summary>
internal sealed record ParkedSessions(UserOptions Options)
{
    private static readonly TimeSpan ParkedForMax = TimeSpan.FromHours(1);

    public ImmutableArray<Parked> All { get; init; } = [];

    /// <summary>When the next one goes; null: there is none.</summary>
    public DateTimeOffset? NextEnd => All.IsEmpty ? null : All.Min(static parked => parked.Until);

    public long BytesEstimate => All.Sum(static parked => (long)parked.Session.BytesEstimate);

    /// <summary>After those have gone whose time is over.</summary>
    public ParkedSessions At(DateTimeOffset now) => this with { All = All.RemoveAll(parked => parked.Until <= now) };

    /// <summary>Adds a session; one of the same id takes its place.</summary>
    public ParkedSessions Park(ParkedSession session, DateTimeOffset now)
    {
        var others = Without(session.SessionId);
        if (session.BytesEstimate > Options.ParkedBytesMax)
            return others;
        var waits = TimeSpan.FromMilliseconds(Math.Clamp(session.ForMs, 0, (long)ParkedForMax.TotalMilliseconds));
        var all = others.All.Add(new Parked(session, now + waits));
        return this with { All = all.Length <= Options.ParkedSessionsMax ? all : all.RemoveAt(0) };
    }

    /// <summary>The session with that key, and the others; null: there is none.</summary>
    public (ParkedSession? Taken, ParkedSessions Others) Take(string sessionId, ImmutableArray<byte> keyHash, DateTimeOffset now)
    {
        var taken = At(now).All.FirstOrDefault(parked => parked.Session.SessionId == sessionId)?.Session;
        return taken is not null && CryptographicOperations.FixedTimeEquals(taken.KeyHash.AsSpan(), keyHash.AsSpan())
            ? (taken, Without(sessionId))
            : (null, this);
    }

    private ParkedSessions Without(string sessionId) => this with { All = All.RemoveAll(parked => parked.Session.SessionId == sessionId) };

    /// <summary>A session, and until when it waits.</summary>
    internal sealed record Parked(ParkedSession Session, DateTimeOffset Until);
}
