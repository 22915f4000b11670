using Microsoft.Extensions.Logging;
using WhatsSound.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// How a room speaks with its channels: never longer than a bound, and a channel that cannot be reached is an answer, not an exception. What was asked may
/// still happen later; everything asked here can be asked again.
/// </summary>
internal sealed class RoomChannels(IGrainFactory grains, TimeProvider time, RoomOptions options, ILogger logger)
{
    /// <summary>The answer; null if none came in time.</summary>
    public async Task<T?> AskAsync<T>(string channel, Func<IChannelGrain, Task<T>> ask)
        where T : class
    {
        try
        {
            return await ask(grains.GetChannel(channel)).WaitAsync(options.ChannelTimeout, time);
        }
        catch (Exception exception)
        {
            // Whatever the reason, the room lives on and asks again: a moving silo, a broken database behind the channel.
            logger.ChannelUnreachable(channel, exception);
            return null;
        }
    }

    /// <summary>How far a channel has come; null if it did not answer in time.</summary>
    public async Task<Position?> FindHeadAsync(string channel) => (await AskAsync(channel, static grain => grain.RecoverAsync(new RecoverRequest())))?.Position;

    /// <summary>Asks for something without an answer; whether it was done.</summary>
    public async Task<bool> TellAsync(string channel, Func<IChannelGrain, Task> tell)
    {
        var done = await AskAsync(channel, async grain =>
        {
            await tell(grain);
            return Done.Value;
        });
        return done is not null;
    }

    /// <summary>The channel's answer, or TIMEOUT if none came in time.</summary>
    public async Task<Answer<T>> AskForAnswerAsync<T>(string channel, Func<IChannelGrain, Task<Answer<T>>> ask)
        where T : class =>
        await AskAsync(channel, ask) ?? Refusals.Retry(RefusalCode.Timeout, "The channel did not answer; the same again has one effect.", TimeSpan.FromSeconds(1));
}
