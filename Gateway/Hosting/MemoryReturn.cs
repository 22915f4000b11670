using WhatsSound.Gateway.Delivery;

namespace WhatsSound.Gateway.Hosting;

/// <summary>
/// Gives memory back after a crowd has gone. The runtime collects only while something is allocated, so a process in which nothing happens keeps what its busiest time
/// took. Once for each busy time: the collection stops the process for as long as it takes to go through what lives.
/// </summary>
internal sealed class MemoryReturn(IMemoryView memory, TimeProvider time, ILogger<MemoryReturn> logger) : BackgroundService
{
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(15);

    /// <summary>Less in an interval is what heartbeats and renewals take; 1 MiB a second.</summary>
    public const long QuietBytes = 16 * 1024 * 1024;

    /// <summary>So much has to be allocated in intervals that were not quiet, since the last time, for it to be worth it.</summary>
    public const long BusyBytes = 256 * 1024 * 1024;

    /// <summary>What a process may have in any case.</summary>
    public const long CommittedBytesMin = 96 * 1024 * 1024;

    /// <summary>Where so much may live, the process would stand still for longer than its users would not notice.</summary>
    public const long CommittedBytesMax = 1024L * 1024 * 1024;

    private long _busyBytes;
    private long _lastBytes;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Rounds.RunAsync(Interval, time, LookAsync, logger, stoppingToken);

    /// <summary>Collects, if much has happened since the last time, and nothing since the last look.</summary>
    internal Task LookAsync(CancellationToken cancellationToken)
    {
        var allocated = memory.AllocatedBytes;
        var isQuiet = allocated - _lastBytes is >= 0 and < QuietBytes;
        // A quiet day allocates as much as a busy minute, and leaves nothing to give back.
        _busyBytes += isQuiet ? 0 : Math.Max(0, allocated - _lastBytes);
        _lastBytes = allocated;
        if (isQuiet && _busyBytes >= BusyBytes && memory.CommittedBytes is > CommittedBytesMin and < CommittedBytesMax)
        {
            memory.GiveBack();
            _busyBytes = 0;
        }

        return Task.CompletedTask;
    }
}
