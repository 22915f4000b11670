using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Channels;

/// <summary>
/// The framing of a conflating channel: at most one frame per interval, with the newest publication of each key. The first after a quiet interval goes out
/// at once (leading edge), and the last always goes out (trailing edge).
/// </summary>
internal sealed class Conflation(TimeSpan interval, long nextFrameMs = long.MinValue) : IFraming
{
    /// <summary>What is for one user alone comes just before what is for all, and waits for that, so that there is one frame of both and not an empty one for all others first.</summary>
    public const long OwnWaitMs = 50;

    private long _intervalMs = (long)interval.TotalMilliseconds;
    private readonly Dictionary<string, Publication> _waiting = new(StringComparer.Ordinal);

    /// <summary>The key that publications replace each other by. No key is a key of its own; publishers cannot use the empty one.</summary>
    public static string KeyOf(Publication publication) => publication.Key ?? "";

    public long? DueMs { get; private set; }

    public long NextFrameMs { get; private set; } = nextFrameMs;

    public ImmutableArray<Publication> Waiting => [.. _waiting.Values.OrderBy(publication => publication.Offset)];

    public void Follow(ChannelRule rule) => _intervalMs = (long)rule.ConflateInterval!.Value.TotalMilliseconds;

    public void Add(Publication publication, long nowMs)
    {
        _waiting[KeyOf(publication)] = publication;

        // As many keys as recovery keeps: dropping one would break "the newest is always delivered", so the frame goes out early instead.
        var nextMs = Math.Max(NextFrameMs, publication.OnlyFor is null ? nowMs : nowMs + OwnWaitMs);
        DueMs = _waiting.Count >= ConflatedHistory.KeysMax ? nowMs : Math.Max(nowMs, Math.Min(DueMs ?? nextMs, nextMs));
    }

    public ImmutableArray<Publication> Take(long nowMs)
    {
        var taken = Waiting;
        _waiting.Clear();
        DueMs = null;
        NextFrameMs = nowMs + _intervalMs;
        return taken;
    }
}
