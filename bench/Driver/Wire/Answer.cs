using System.Diagnostics;

namespace WhatsSound.Bench.Wire;

/// <summary>The text that somebody waited for, and when its bytes were read (<see cref="Stopwatch"/> ticks).</summary>
internal sealed record Answer(string Text, long ReadTicks)
{
    /// <summary>The time from <paramref name="sentTicks"/> to this answer, in microseconds.</summary>
    public int MicrosecondsSince(long sentTicks) => (int)Stopwatch.GetElapsedTime(sentTicks, ReadTicks).TotalMicroseconds;
}
