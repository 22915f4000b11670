using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace WhatsSound.Playback;

/// <summary>
/// Has the clock of this process follow the cluster's: asks the silo that has it, a few times in a row and again every few seconds, and believes the answer that took the
/// least time. What is away, or slow, changes nothing: the clock goes on by itself.
/// </summary>
public sealed partial class ClockFollower(ClusterClock clock, IGrainFactory grains, TimeProvider time, ILogger<ClockFollower> logger) : BackgroundService
{
    /// <summary>5 s: clocks of machines part by a quarter of a millisecond in that time.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    /// <summary>Until it is set.</summary>
    private static readonly TimeSpan RetryAfter = TimeSpan.FromMilliseconds(250);

    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(2);

    /// <summary>Of four answers one is hardly ever delayed.</summary>
    private const int ProbesPerRound = 4;

    /// <summary>The error is half of it at most: within what is called right.</summary>
    private const long DelayMaxUs = 2 * ClusterClock.OffMaxUs;

    /// <summary>Compares once before anything behind it starts, as far as that is possible: clients are let in with the right time.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await FollowAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(clock.WhenSet.IsCompleted ? Interval : RetryAfter, time, stoppingToken);
            await FollowAsync(stoppingToken);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            var (aheadUs, delayUs) = await ProbeAsync(cancellationToken);
            for (var i = 1; i < ProbesPerRound; i++)
            {
                var another = await ProbeAsync(cancellationToken);
                if (another.DelayUs < delayUs)
                    (aheadUs, delayUs) = another;
            }

            if (clock.WhenSet.IsCompleted && delayUs > DelayMaxUs)
                return;
            if (clock.WhenSet.IsCompleted && Math.Abs(aheadUs) > ClusterClock.OffMaxUs)
                ClockWasOff(aheadUs / 1000);
            clock.Follow(aheadUs);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            ClockNotCompared(exception);
        }
    }

    private async Task<(long AheadUs, long DelayUs)> ProbeAsync(CancellationToken cancellationToken)
    {
        var sentUs = clock.NowUs;
        var reading = await grains.GetGrain<IClockGrain>(IClockGrain.Key).ReadAsync().WaitAsync(CallTimeout, time, cancellationToken);
        var heardUs = clock.NowUs;
        return ((reading.ReceivedUs - sentUs + (reading.SentUs - heardUs)) / 2, heardUs - sentUs - (reading.SentUs - reading.ReceivedUs));
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "This process was {AheadMs} ms behind the cluster's time; is its clock set by NTP?")]
    private partial void ClockWasOff(long aheadMs);

    [LoggerMessage(Level = LogLevel.Debug, Message = "The cluster's time could not be read; the clock goes on by itself")]
    private partial void ClockNotCompared(Exception exception);
}
