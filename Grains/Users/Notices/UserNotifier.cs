using Microsoft.Extensions.Logging;
using WhatsSound.Channels;

namespace WhatsSound.Grains.Users;

/// <summary>Tells users what concerns them, in their own channels. Never waits longer than its limit, and throws nothing: what was not told is for the caller to tell again, under the same id.</summary>
internal sealed class UserNotifier(IGrainFactory grains, TimeProvider time, TimeSpan limit, ILogger logger)
{
    /// <summary>Tells it so often at most. Whether the user has it, or never will; if not, they have missed it.</summary>
    public async Task<bool> TellAsync(string userId, UserNotice notice, int triesMax, CancellationToken cancellationToken = default)
    {
        for (var tries = 0; tries < triesMax && !cancellationToken.IsCancellationRequested; tries++)
        {
            if (await TellAsync(userId, notice))
                return true;
        }

        return false;
    }

    /// <summary>Whether the user has it, or never will: their channel refuses it for good.</summary>
    public async Task<bool> TellAsync(string userId, UserNotice notice)
    {
        try
        {
            var answer = await grains.GetChannel(UserNotice.ChannelOf(userId)).PublishAsync(notice.ToRequest()).WaitAsync(limit, time);
            return answer.Refusal is not { Retryable: true };
        }
        catch (Exception exception)
        {
            logger.UserNotTold(notice.Event, exception);
            return false;
        }
    }
}
