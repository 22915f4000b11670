using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace WhatsSound.Control;

/// <summary>
/// Has this process know what is set in the cluster: asks, twice a second, what is new, and gets an empty answer as long as nothing is. What is away changes nothing: what is known goes on, and
/// <see cref="ControlKnowledge.Silence"/> says for how long.
/// </summary>
public sealed partial class ControlFollower(ControlKnowledge knowledge, IGrainFactory grains, IOptions<ControlOptions> options, TimeProvider time, ILogger<ControlFollower> logger) : BackgroundService
{
    /// <summary>One that hangs is asked again while the 2 s of a revocation are not over.</summary>
    private static readonly TimeSpan CallTimeout = TimeSpan.FromSeconds(1);

    /// <summary>Asks once before anything behind it starts, as far as that is possible: nobody is let in who should not be.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await FollowAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.PollInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            await FollowAsync(stoppingToken);
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var wasSilent = knowledge.IsSilent;
        try
        {
            while (knowledge.Take(await AskAsync(cancellationToken)))
            {
                // There is more.
            }

            if (wasSilent)
                HeardAgain();
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            NotHeard(exception);
            if (!wasSilent && knowledge.IsSilent)
                Silent(knowledge.Silence.TotalSeconds);
        }
    }

    private Task<ControlChanges> AskAsync(CancellationToken cancellationToken) =>
        grains.GetGrain<IControlGrain>(IControlGrain.Key).ReadAsync(knowledge.RulesVersion, knowledge.RevocationsNumber).WaitAsync(CallTimeout, time, cancellationToken);

    [LoggerMessage(Level = LogLevel.Debug, Message = "What is set in the cluster could not be asked for; what is known goes on.")]
    private partial void NotHeard(Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Nothing was heard for {Seconds} s of which rules and revocations are set in the cluster: what is known goes on, and what is new is not known here.")]
    private partial void Silent(double seconds);

    [LoggerMessage(Level = LogLevel.Information, Message = "It is known again which rules and revocations are set in the cluster.")]
    private partial void HeardAgain();
}
