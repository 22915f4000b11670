using Microsoft.Extensions.Logging;
using WhatsSound.Grains.Storage;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Channels;

/// <summary>
/// How the position of a channel outlives its time in memory where no message log has it: put down when the channel goes in good order, taken when it comes.
/// </summary>
internal sealed partial class ChannelRest(IRestingChannels resting, string channel, TimeProvider time, ILogger logger)
{
    /// <summary>Below the caller's own timeout, so that a hanging database becomes a failed call.</summary>
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(5);

    private readonly Deadline _deadline = new(Timeout, time);

    /// <summary>
    /// Where the numbering goes on, or begins. Throws where nobody knows: a channel that began anew while its position rests on would leave that for the
    /// activation after the next crash, which would tell a gap as recovered.
    /// </summary>
    public async Task<LoadedChannel> TakeAsync(string newEpoch, CancellationToken cancellationToken)
    {
        var (position, isResumed) = await _deadline.RunAsync(token => resting.TakeAsync(channel, newEpoch, time.GetUtcNow(), token), cancellationToken);
        return isResumed ? LoadedChannel.AtRest(position) : LoadedChannel.New(position.Epoch);
    }

    /// <summary>Puts the position down. If that fails, the next activation begins a new epoch, as after a crash.</summary>
    public async Task PutDownAsync(Position head, CancellationToken cancellationToken)
    {
        try
        {
            await _deadline.RunAsync(token => resting.RestAsync(channel, head, time.GetUtcNow(), token), cancellationToken);
        }
        catch (Exception exception)
        {
            LogNotPutDown(exception, channel);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The position of {Channel} could not be put down; whoever returns to it is told that it is lost.")]
    private partial void LogNotPutDown(Exception exception, string channel);
}
