using System.Diagnostics;
using System.Runtime.InteropServices;
using WhatsSound.Bench.Measures;
using WhatsSound.Bench.Servers;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.Traffic;

/// <summary>
/// Publishes by the clock, not by completion: message n is due at start + n / rate, carries that time, and is sent then even if none was answered.
/// So a server that falls behind shows it in the latency (no coordinated omission), and so would a driver that does.
/// </summary>
internal sealed class Publisher(ServerUnderTest server, IReadOnlyList<ClientSocket> sockets, LoadShape shape, Range numbers)
{
    private readonly long _intervalTicks = Stopwatch.Frequency / shape.RatePerSecond;
    private readonly int[] _lateUs = new int[numbers.End.Value - numbers.Start.Value];
    private readonly string _run = Guid.NewGuid().ToString("n")[..8];
    private long _startTicks;

    /// <summary>How late the driver itself was, message by message.</summary>
    public Latencies Lateness => new(_lateUs);

    /// <summary>Starts publishing now, on a thread of its own.</summary>
    public Task RunAsync(CancellationToken cancellationToken)
    {
        _startTicks = Stopwatch.GetTimestamp() + _intervalTicks;
        return Task.Factory.StartNew(
            () => Publish(cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>Waits until a message, counted from the first of this run, is due.</summary>
    public Task WaitUntilDueAsync(int message, CancellationToken cancellationToken)
    {
        var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), Due(message));
        return wait > TimeSpan.Zero ? Task.Delay(wait, cancellationToken) : Task.CompletedTask;
    }

    private void Publish(CancellationToken cancellationToken)
    {
        for (var message = 0; message < _lateUs.Length && !cancellationToken.IsCancellationRequested; message++)
        {
            var due = Due(message);
            var number = numbers.Start.Value + message;
            var frame = WebSocketWriter.Text(server.Publish(_run, number, new Stamp(number, due).ToJson(shape.Bytes)));
            SleepUntil(due);
            _lateUs[message] = (int)Stopwatch.GetElapsedTime(due).TotalMicroseconds;
            sockets[number % sockets.Count].Send(frame);
        }
    }

    private long Due(int message) => _startTicks + (message * _intervalTicks);

    private static void SleepUntil(long due)
    {
        var wait = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
        if (wait > TimeSpan.Zero)
            _ = NativeSleep((uint)wait.TotalMicroseconds);
    }

    // Thread.Sleep counts in milliseconds, which would be a large part of what is measured.
    [DllImport("libc", EntryPoint = "usleep")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int NativeSleep(uint microseconds);
}
