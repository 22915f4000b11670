using WhatsSound.Channels;
using WhatsSound.Playback;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// What is said in a room: checked, limited per user, and published under the command's id. It needs nothing of the room's state, and changes nothing that is
/// saved with it; the channel keeps it before it is acknowledged.
/// </summary>
internal sealed class RoomChat(RoomChannels channels, RoomOptions options, IRoomClock clock)
{
    private readonly ChatLimits _limits = new(options);
    private readonly ChatReceipts _receipts = new(options);

    /// <summary>What a message asks for.</summary>
    public static string PrintOf(string? text) => CommandPrint.Of("chat", text);

    /// <summary>The answer that the command's id got already.</summary>
    public KeptReceipt? FindAnswer(RoomCommand command) => _receipts.Find(command, clock.NowMs);

    /// <summary>Publishes a message of a member. Two of the same id get the same answer from the channel.</summary>
    public async Task<Answer<RoomReceipt>> SayAsync(Room room, RoomCommand command, string text)
    {
        if ((ChatRules.Check(text) ?? _limits.Take(command.UserId, clock.NowMs)) is { } refusal)
            return refusal;
        var request = new PublishRequest
        {
            Id = command.CommandId,
            Event = RoomEvents.Chat,
            Data = Payload.Of(new ChatMessage { Text = text, DisplayName = command.DisplayName }, WireJson.Default.ChatMessage),
            Publisher = command.UserId,
        };
        var answer = await channels.AskAsync(RoomId.ChatOf(room.RoomId), channel => channel.PublishAsync(request));
        if (answer is null)
            return Refusals.Retry(RefusalCode.Timeout, "The chat did not answer; the same command again has one effect.", TimeSpan.FromSeconds(1));
        if (answer.IsRefused)
            return answer.Refusal;
        var receipt = new RoomReceipt { Revision = room.Revision, Position = answer.Value.Position, TimeMs = answer.Value.TimeMs };
        _receipts.Add(KeptReceipt.Of(command, PrintOf(text), receipt, clock.NowMs));
        return receipt;
    }
}
