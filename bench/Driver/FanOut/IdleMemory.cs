using WhatsSound.Bench.Servers;
using WhatsSound.Bench.Traffic;
using WhatsSound.Bench.Wire;

namespace WhatsSound.Bench.FanOut;

/// <summary>
/// Memory between two connection counts, each read after a full collection that gives memory back. The slope leaves out what a process takes with
/// nobody in it.
/// </summary>
internal sealed class IdleMemory(FanOutOptions options)
{
    // What joining leaves behind (timers, caches, frames about who joined) is over by then.
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(3);

    public async Task<IdleMemoryFigures> MeasureAsync(ServerUnderTest target, CancellationToken cancellationToken)
    {
        await using var server = await ServerProcess.StartAsync(target, options, cancellationToken);
        using var audience = new Audience(server, new ClientSocketOptions());
        var (residentFrom, heapFrom) = await ReadAtAsync(server, audience, options.MemoryFrom, cancellationToken);
        var (residentTo, heapTo) = await ReadAtAsync(server, audience, options.MemoryTo, cancellationToken);
        if (audience.Closed > 0)
            throw new InvalidOperationException($"{target.Title} closed {audience.Closed} idle connections.");

        double more = options.MemoryTo - options.MemoryFrom;
        return new IdleMemoryFigures(options.MemoryFrom, options.MemoryTo, (residentTo - residentFrom) / more, (heapTo - heapFrom) / more, residentFrom);
    }

    private static async Task<(long Resident, long Heap)> ReadAtAsync(
        ServerProcess server, Audience audience, int count, CancellationToken cancellationToken)
    {
        await audience.GrowToAsync(count, cancellationToken);
        await Task.Delay(Settle, cancellationToken);
        var probe = await server.CollectAsync();
        return (server.ResidentBytes, probe.HeapBytes);
    }
}
