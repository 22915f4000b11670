using Microsoft.Extensions.Logging;
using WhatsSound.Grains.Storage;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Channels;

/// <summary>
/// How the position of a channel outlives its time in memory where no message log has it: put down when the channel goes in good order, taken when it comes.
/// </summary>
internal sealed partial class ChannelRest(IRestingChannels resting, string channel, TimeProvider time, ILogger logger)
{
    private static readonly TimeSpan PutDownTimeout = TimeSpan.FromSeconds(5);

    private readonly Deadline _taking = new(Deadline.ActivationStep, time);
    private readonly Deadline _puttingDown = new(PutDownTimeout, time);

    /// <summary>
    /// Where the numbering goes on, or begins. Throws where nobody knows: a channel that began anew while its position rests on would leave that for the
    /// activation after the next crash, which would tell a gap as recovered.
    /// </summary>
    /// <param name="newEpoch">The epoch of a numbering that begins.</param>
    /// <param name="mustBegin">Whether it begins also where a position rests: what that told of is not known any more.</param>
    /// <param name="cancellationToken">Whoever waits for the channel has gone.</param>
    public async Task<LoadedChannel> TakeAsync(string newEpoch, bool mustBegin, CancellationToken cancellationToken)
    {
        var (position, isResumed) = await _taking.RunAsync(
            async token =>
            {
                var taken = await resting.TakeAsync(channel, newEpoch, time.GetUtcNow(), token);

                // What has been taken rests no longer.
                return taken.IsResumed && mustBegin ? await resting.TakeAsync(channel, newEpoch, time.GetUtcNow(), token) : taken;
            },
            cancellationToken);
        return isResumed ? LoadedChannel.AtRest(position) : LoadedChannel.New(position.Epoch);
    }

    /// <summary>
    /// What the log knows, where that is the channel's last numbering. Where the channel was numbered since without the log, under another rule, it goes on from there, or begins: the log's numbering would call recovered
    /// what misses all of that.
    /// </summary>
    /// <inheritdoc cref="TakeAsync"/>
    public async Task<LoadedChannel> TakeAfterAsync(LoadedChannel logged, string newEpoch, bool mustBegin, CancellationToken cancellationToken)
    {
        if (await _taking.RunAsync(token => resting.ReadAsync(channel, token), cancellationToken) is not { } known)
            return logged;
        var isLogged = string.Equals(known.Position.Epoch, logged.Head.Epoch, StringComparison.Ordinal);
        if (isLogged && !known.IsResumed)
            return logged;

        // A position that the log has passed must not come back when nothing is kept.
        var taken = await TakeAsync(newEpoch, mustBegin, cancellationToken);
        return isLogged && !mustBegin ? logged : taken;
    }

    /// <summary>Puts the position down. If that fails, the next activation begins a new epoch, as after a crash.</summary>
    public async Task PutDownAsync(Position head, CancellationToken cancellationToken)
    {
        try
        {
            await _puttingDown.RunAsync(token => resting.RestAsync(channel, head, time.GetUtcNow(), token), cancellationToken);
        }
        catch (Exception exception)
        {
            LogNotPutDown(exception, channel);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The position of {Channel} could not be put down; whoever returns to it is told that it is lost.")]
    private partial void LogNotPutDown(Exception exception, string channel);
}
