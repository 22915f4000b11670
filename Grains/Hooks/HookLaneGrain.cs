using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Grains.Hooks;

/// <summary>
/// Takes what waits in one lane of the outbox to its receiver, one batch after the other, each until it is taken or given up: so the events of a channel come in order, each at least once. Has no state: what waits is in the database, and a
/// patrol wakes the lane wherever its silo has gone. Bounded by <see cref="HookOptions"/>.
/// </summary>
[GrainType("hook-lane")]
internal sealed class HookLaneGrain(
    IOptions<HookOptions> options, IEnumerable<IOutbox> outboxes, IHookSender sender, TimeProvider time, HookInstruments instruments, ILogger<HookLaneGrain> logger) : Grain, IHookLaneGrain
{
    private static readonly TimeSpan Never = Timeout.InfiniteTimeSpan;

    private readonly HookOptions _options = options.Value;
    private readonly IOutbox _outbox = outboxes.Single();
    private HookLane? _lane;
    private IGrainTimer _timer = null!;
    private bool _isSet;
    private bool _isWoken;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var name = this.GetPrimaryKeyString();
        if (_options.Endpoints.FirstOrDefault(endpoint => string.Equals(endpoint.Name, HookLanes.FindEndpoint(name), StringComparison.Ordinal)) is { } found)
            _lane = new(name, found, _options, _outbox, sender, time, instruments, logger);
        else
            logger.LaneUnknown(name);

        // While something waits the lane must stay, though nobody calls it.
        _timer = this.RegisterGrainTimer(RunAsync, new GrainTimerCreationOptions(Never, Never) { KeepAlive = true });
        return Task.CompletedTask;
    }

    public Task WakeAsync()
    {
        _isWoken = true;
        if (!_isSet && _lane is not null)
            Set(_options.BatchInterval);
        return Task.CompletedTask;
    }

    private async Task RunAsync(CancellationToken cancellationToken)
    {
        _isWoken = false;
        TimeSpan? pause;
        try
        {
            pause = await _lane!.RunAsync(cancellationToken);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // It goes: what waits is taken up elsewhere.
            return;
        }

        // Whoever has woken it meanwhile may have appended behind what was read.
        if (pause is null && _isWoken)
            pause = _options.BatchInterval;
        _isSet = false;
        if (pause is { } until)
            Set(until);
    }

    private void Set(TimeSpan until)
    {
        _isSet = true;
        _timer.Change(until, Never);
    }
}
