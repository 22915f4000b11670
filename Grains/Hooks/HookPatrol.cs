using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Grains.Hooks;

/// <summary>
/// Finds what nobody minds any more, since a silo died: lanes in which events wait, and channels that were told as occupied. Each silo does it as it starts, and now and then; of several the others find that it is done. Takes the place of
/// a reminder for each lane, which would be written and taken away with every event in a quiet deployment.
/// </summary>
internal sealed class HookPatrol(
    IOptions<HookOptions> options, IEnumerable<IOutbox> outboxes, IGrainFactory grains, TimeProvider time, HookInstruments instruments, ILogger<HookPatrol> logger) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>Channels are asked once in so many rounds: it is a call for each that is occupied.</summary>
    private const int ChannelsEvery = 10;

    private const int PageMax = 1_000;
    private const int AtOnceMax = 8;

    private readonly CancellationTokenSource _stopping = new();
    private Task _rounds = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle)
    {
        if (options.Value.Endpoints.Count > 0)
            lifecycle.Subscribe(nameof(HookPatrol), ServiceLifecycleStage.Active, Start, StopAsync);
    }

    public void Dispose() => _stopping.Dispose();

    private Task Start(CancellationToken cancellationToken)
    {
        _rounds = GoRoundAsync();
        return Task.CompletedTask;
    }

    private async Task StopAsync(CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _rounds.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task GoRoundAsync()
    {
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        using var timer = new PeriodicTimer(options.Value.PatrolInterval, time);
        var round = 0;
        do
        {
            try
            {
                await WakeLanesAsync();
                if (round++ % ChannelsEvery == 0)
                    await AskChannelsAsync();
            }
            catch (Exception exception) when (!_stopping.IsCancellationRequested)
            {
                logger.PatrolFailed(exception);
            }
        }
        while (await timer.WaitForNextTickAsync(_stopping.Token));
    }

    private async Task WakeLanesAsync()
    {
        var lanes = await Outbox.ListLanesAsync(_stopping.Token);
        instruments.Waiting(lanes.Sum(static lane => lane.RowsCount));
        foreach (var lane in lanes.Where(static lane => HookLanes.FindEndpoint(lane.Lane) is not null))
            await grains.GetGrain<IHookLaneGrain>(lane.Lane).WakeAsync();
    }

    /// <summary>One that is active has nothing to do; one that was on a silo that died begins, and says in time that nobody is there. One of which nobody is told any more is marked as nobody's concern, and forgotten in time.</summary>
    private async Task AskChannelsAsync()
    {
        var after = "";
        while (await Outbox.ListOccupiedAsync(after, PageMax, _stopping.Token) is { Count: > 0 } page)
        {
            await Parallel.ForEachAsync(page, new ParallelOptions { MaxDegreeOfParallelism = AtOnceMax, CancellationToken = _stopping.Token }, AskChannelAsync);
            after = page[^1];
        }
    }

    private async ValueTask AskChannelAsync(string channel, CancellationToken cancellationToken)
    {
        try
        {
            if (options.Value.Endpoints.Any(endpoint => endpoint.IsToldOf(channel)))
                await grains.GetChannel(channel).ReadOccupancyAsync().WaitAsync(cancellationToken);
            else if (await Outbox.FindMarkAsync(channel, cancellationToken) is { IsOccupied: true } mark)
                await Outbox.AppendAsync(new([], mark with { IsOccupied = false }), cancellationToken);
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The others are asked all the same.
            logger.ChannelNotAsked(exception, channel);
        }
    }

    private IOutbox Outbox => outboxes.Single();
}
