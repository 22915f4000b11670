using System.Diagnostics;
using WhatsSound.Bench.Measures;
using WhatsSound.Bench.Servers;

namespace WhatsSound.Bench.Channels;

/// <summary>The publishing connections of one server.</summary>
internal sealed class Publishers : IDisposable
{
    private static readonly TimeSpan QuietMax = TimeSpan.FromSeconds(30);

    private readonly List<ChannelPublisher> _publishers = [];
    private readonly PublisherLoad _load;

    private Publishers(PublisherLoad load) => _load = load;

    public static async Task<Publishers> ConnectAsync(ServerProcess server, ChannelsOptions options, CancellationToken cancellationToken)
    {
        var publishers = new Publishers(new PublisherLoad(options.Bytes));
        for (var user = 0; user < options.Publishers; user++)
            publishers._publishers.Add(await ChannelPublisher.ConnectAsync(server, user, publishers._load, cancellationToken));
        return publishers;
    }

    /// <summary>All publish for so long; the time to each answer.</summary>
    public async Task<Latencies> RunForAsync(Func<int, string> channel, TimeSpan time, CancellationToken cancellationToken)
    {
        Begin(channel, _publishers.Count, int.MaxValue);
        await Task.Delay(time, cancellationToken);
        _load.End();
        return await QuietAsync(cancellationToken);
    }

    /// <summary>So many publications a second for so long; the time from when each was due to its answer.</summary>
    public async Task<Latencies> RunPacedAsync(Func<int, string> channel, int perSecond, TimeSpan time, CancellationToken cancellationToken)
    {
        Begin(channel, publishers: 0, count: 0);
        var pace = new Pace(_publishers, _load, perSecond, time);
        await Task.Factory.StartNew(() => pace.Run(cancellationToken), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        var latencies = await QuietAsync(cancellationToken);
        pace.End();
        return latencies;
    }

    /// <summary>So many publications by so many of the publishers; the time to each answer.</summary>
    public Task<Latencies> RunAsync(Func<int, string> channel, int count, int publishers, CancellationToken cancellationToken)
    {
        Begin(channel, publishers, count);
        return QuietAsync(cancellationToken);
    }

    /// <summary>So many publications by all.</summary>
    public Task<Latencies> RunAsync(Func<int, string> channel, int count, CancellationToken cancellationToken) =>
        RunAsync(channel, count, Math.Min(count, _publishers.Count), cancellationToken);

    public void Dispose() => _publishers.ForEach(p => p.Dispose());

    private void Begin(Func<int, string> channel, int publishers, int count)
    {
        _load.Channel = channel;
        _load.Begin(publishers, count);
        foreach (var publisher in _publishers.Take(publishers))
            publisher.PublishNext();
    }

    // Answers are awaited as long as they come.
    private async Task<Latencies> QuietAsync(CancellationToken cancellationToken)
    {
        var answered = -1;
        var since = Stopwatch.GetTimestamp();
        while (!_load.IsQuiet)
        {
            await Task.Delay(5, cancellationToken);
            if (_load.Answered != answered)
                (answered, since) = (_load.Answered, Stopwatch.GetTimestamp());
            else if (Stopwatch.GetElapsedTime(since) > QuietMax)
                throw new TimeoutException("A publication was not answered in 30 s.");
        }

        return _load.FirstRefusal is { } refusal
            ? throw new InvalidOperationException($"A publication was refused: {refusal}")
            : new Latencies(_load.LatencyUs);
    }
}
