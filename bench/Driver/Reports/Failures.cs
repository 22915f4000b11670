using System.Net.Sockets;

namespace WhatsSound.Bench.Reports;

/// <summary>What could not be measured, and why. A part that fails costs its own figures, not the report.</summary>
internal sealed class Failures
{
    private readonly List<string> _lines = [];

    public IReadOnlyList<string> Lines => _lines;

    /// <summary>Measures one part. False if it could not be; the run's end is passed on.</summary>
    public async Task<bool> TryAsync(string what, Func<Task> measure, CancellationToken cancellationToken)
    {
        Console.WriteLine(what);
        try
        {
            await measure();
            return true;
        }
        catch (Exception e) when (IsOfThePart(e) && !cancellationToken.IsCancellationRequested)
        {
            Add(what, e.Message);
            return false;
        }
    }

    public void Add(string what, string reason)
    {
        Console.WriteLine($"  NOT MEASURED: {reason}");
        _lines.Add($"{what}: {reason}");
    }

    // A server that ends, refuses, or does not answer; what is wrong with the driver itself is a bug, and shows as one.
    private static bool IsOfThePart(Exception e) =>
        e is InvalidOperationException or OperationCanceledException or TimeoutException or SocketException or IOException or HttpRequestException;
}
