using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>How the chat speaks with its room: never longer than for a channel, and a room that cannot be reached is an answer.</summary>
internal sealed class ChatRoom(IGrainFactory grains, string roomId, ChatServices services)
{
    private readonly IChatRoom _room = grains.GetGrain<IChatRoom>(RoomId.KeyOf(roomId));

    public Task<Answer<ChatStanding>> AskAsync(ChatQuestion question) => AskAsync(_room.GetChatStandingAsync(question));

    public Task<Answer<Done>> RecordAsync(ChatDeletion deletion) => AskAsync(_room.RecordDeletionAsync(deletion));

    private async Task<Answer<T>> AskAsync<T>(Task<Answer<T>> asking)
        where T : class
    {
        try
        {
            return await asking.WaitAsync(services.Options.ChannelTimeout, services.Time);
        }
        catch (Exception exception)
        {
            // Whatever the reason, nothing was said yet: the same may be asked again.
            services.Logger.RoomUnreachable(roomId, exception);
            return RoomRefusals.NotReady();
        }
    }
}
