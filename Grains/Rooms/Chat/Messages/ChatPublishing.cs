using System.Globalization;
using WhatsSound.Channels;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// How what was decided gets into the chat's channel: under the id of its command, as its author's. The channel has it in the message log before it answers, knows an id that it had, and gives the number.
/// </summary>
internal sealed class ChatPublishing(RoomChannels channels, string channel)
{
    /// <summary>Says something new: to nobody but its author, who is muted in the shadow.</summary>
    public Task<Answer<RoomReceipt>> SayAsync(ChatTurn turn, ChatStanding standing, ChatMessage message) =>
        PublishAsync(turn, standing.Revision, standing.IsShadowMuted, RoomEvents.Chat, Payload.Of(message, WireJson.Default.ChatMessage));

    /// <summary>
    /// Says that a message is another from now on, and makes it so in the log: nothing of what it was is left there, in the message or in an earlier change of it. Of a message that only its author has, nobody else hears.
    /// Who is muted in the shadow hears alone of what they made of a message that all have: in the log it is that for them, and stays what it is for the others.
    /// </summary>
    public Task<Answer<RoomReceipt>> ChangeAsync(ChatTurn turn, ChatStanding standing, ChatLine line, ChatMessage message) => PublishAsync(
        turn,
        standing.Revision,
        isOwn: line.IsAuthorsOnly || standing.IsShadowMuted,
        RoomEvents.ChatChanged,
        Payload.Of(new ChatChange { Offset = line.Offset, AuthorId = line.AuthorId, Message = message }, WireJson.Default.ChatChange),
        string.Create(CultureInfo.InvariantCulture, $"{RoomEvents.ChatChanged}:{line.Offset}"),
        new Amendment { Offset = line.Offset, Data = Payload.Of(message, WireJson.Default.ChatMessage) });

    private async Task<Answer<RoomReceipt>> PublishAsync(ChatTurn turn, long revision, bool isOwn, string eventName, Payload data, string? key = null, Amendment? amends = null)
    {
        var request = new PublishRequest
        {
            Id = turn.Command.CommandId,
            Event = eventName,
            Data = isOwn ? default : data,
            Own = isOwn ? new OwnData { UserId = turn.UserId, Data = data } : null,
            Key = key,
            Publisher = turn.UserId,
            Amends = amends,
        };
        var answer = await channels.AskAsync(channel, grain => grain.PublishAsync(request));
        if (answer is null)
            return NoAnswer();
        return answer.Value is { } published
            ? new RoomReceipt { Revision = revision, Position = published.Position, TimeMs = published.TimeMs }
            : answer.Refusal!;
    }

    private static Refusal NoAnswer() => Refusals.Retry(RefusalCode.Timeout, "The chat did not answer; the same command again has one effect.", TimeSpan.FromSeconds(1));
}
