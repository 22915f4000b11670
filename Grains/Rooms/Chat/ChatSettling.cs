using Microsoft.Extensions.Logging;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>How a room waits for its chat, after it has changed who may speak: never longer than for a channel.</summary>
internal sealed class ChatSettling(IGrainFactory grains, string roomId, TimeProvider time, RoomOptions options, ILogger logger)
{
    public async Task WaitAsync()
    {
        try
        {
            await grains.GetGrain<IChatGrain>(RoomId.KeyOf(roomId)).SettleAsync().WaitAsync(options.ChannelTimeout, time);
        }
        catch (Exception exception)
        {
            // What the chat decides from now on it decides by the room of now; only what waits for a database that hangs may still come.
            logger.ChatUnsettled(roomId, exception);
        }
    }
}
