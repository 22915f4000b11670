using System.Collections.Concurrent;
using System.Diagnostics;

namespace WhatsSound.Bench.Channels;

/// <summary>
/// Publications at a steady rate, whatever becomes of those before (an open loop). Each is made by whichever publisher waits for no answer; where all do, it is late, and its time counts from when it was due.
/// </summary>
internal sealed class Pace(IReadOnlyList<ChannelPublisher> publishers, PublisherLoad load, int perSecond, TimeSpan time)
{
    private readonly ConcurrentQueue<ChannelPublisher> _idle = new(publishers);

    /// <summary>Publishes for that time, on the calling thread.</summary>
    public void Run(CancellationToken cancellationToken)
    {
        foreach (var publisher in publishers)
            publisher.Answered = _idle.Enqueue;
        var startTicks = Stopwatch.GetTimestamp();
        var count = (long)(perSecond * time.TotalSeconds);
        for (var made = 0L; made < count && !cancellationToken.IsCancellationRequested;)
        {
            var dueTicks = startTicks + (made * Stopwatch.Frequency / perSecond);
            if (dueTicks <= Stopwatch.GetTimestamp() && _idle.TryDequeue(out var publisher))
            {
                load.Sending();
                publisher.PublishNext(dueTicks);
                made++;
            }
            else
            {
                Thread.Sleep(1);
            }
        }
    }

    /// <summary>Once all is answered.</summary>
    public void End()
    {
        foreach (var publisher in publishers)
            publisher.Answered = null;
    }
}
