using WhatsSound.Gateway.Requests;
using WhatsSound.Rooms;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>Talking in rooms.</summary>
internal static class ChatRequests
{
    public static IReadOnlyList<SessionRequest> All { get; } =
    [
        // How long a text may be is the chat's to say: it counts what people see.
        RoomCommands.OfChat("SendChat", static reader => new SendChat
        {
            Text = reader.Text("text", 0, int.MaxValue),
            ReplyTo = reader.OptionalInteger("replyTo", 1, long.MaxValue),
            Mentions = [.. MentionsIn(reader)],
            MentionsEveryone = reader.OptionalFlag("mentionsEveryone") ?? false,
        }),

        RoomCommands.OfChat("EditChat", static reader => new EditChat { Offset = OffsetIn(reader), Text = reader.Text("text", 0, int.MaxValue), Mentions = [.. MentionsIn(reader)] }),

        RoomCommands.OfChat("DeleteChat", static reader => new DeleteChat { Offset = OffsetIn(reader) }),

        RoomCommands.ReportToChat("React", static reader => new React { Emoji = reader.Text("emoji", 1, React.EmojiBytesMax), Offset = reader.OptionalInteger("offset", 1, long.MaxValue) }),

        RoomCommands.ReportToChat("SetTyping", static reader => new SetTyping { IsTyping = reader.Flag("isTyping") }),

        RoomCommands.Read<IChatGrain, long, Done>("MarkRead", OffsetIn, static (chat, userId, offset) => chat.MarkReadAsync(userId, offset), GatewayJson.Default.Done),

        RoomCommands.Read<IChatGrain, ChatPageRequest, ChatPage>(
            "GetChat",
            static reader => new ChatPageRequest
            {
                Before = reader.OptionalInteger("before", 1, long.MaxValue),
                After = reader.OptionalInteger("after", 0, long.MaxValue),
                CountMax = (int)(reader.OptionalInteger("limit", 1, ChatPageRequest.CountBound) ?? ChatPageRequest.CountBound),
            },
            static (chat, userId, request) => chat.GetPageAsync(userId, request),
            WireJson.Default.ChatPage),
    ];

    private static long OffsetIn(RequestReader reader) => reader.Integer("offset", 1, long.MaxValue);

    private static IReadOnlyList<string> MentionsIn(RequestReader reader) => reader.OptionalTextList("mentions", SendChat.MentionsMax, Users.UserId.LengthMax);
}
