using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Channels;

/// <summary>
/// The framing of an ordered channel: every publication, in frames of up to n that are an interval apart. One that comes after a quiet interval goes out
/// at once, so that batching costs a slow conversation no delay.
/// </summary>
internal sealed class FrameBatch(int countMax, TimeSpan interval, long nextFrameMs = long.MinValue) : IFraming
{
    private int _countMax = countMax;
    private long _intervalMs = IntervalMs(countMax, interval);
    private readonly List<Publication> _waiting = [];

    public long? DueMs { get; private set; }

    public long NextFrameMs { get; private set; } = nextFrameMs;

    public ImmutableArray<Publication> Waiting => [.. _waiting];

    public void Follow(ChannelRule rule) => (_countMax, _intervalMs) = (rule.BatchCountMax, IntervalMs(rule.BatchCountMax, rule.BatchInterval));

    public void Add(Publication publication, long nowMs)
    {
        _waiting.Add(publication);
        DueMs = _waiting.Count >= _countMax ? nowMs : Math.Max(nowMs, DueMs ?? NextFrameMs);
    }

    public ImmutableArray<Publication> Take(long nowMs)
    {
        var taken = Waiting;
        _waiting.Clear();
        DueMs = null;
        NextFrameMs = nowMs + _intervalMs;
        return taken;
    }

    private static long IntervalMs(int countMax, TimeSpan interval) => countMax == 1 ? 0 : (long)interval.TotalMilliseconds;
}
