namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>Talking in rooms.</summary>
internal static class ChatRequests
{
    public static IReadOnlyList<SessionRequest> All { get; } =
    [
        // How long a text may be is the room's to say: it counts what people see.
        RoomCommands.Of("SendChat", static reader => reader.Text("text", 0, int.MaxValue), static (room, command, text) => room.SendChatAsync(command, text)),
    ];
}
