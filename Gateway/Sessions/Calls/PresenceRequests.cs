using WhatsSound.Gateway.Requests;
using WhatsSound.Presence;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>Being there, and who is.</summary>
internal static class PresenceRequests
{
    public static TypedRequest<EnterArguments, PresenceView> Enter { get; } = new(
        "EnterPresence",
        CallKind.Command,
        static reader => new EnterArguments(reader.Channel("channel"), reader.OptionalJson("info", PresenceEntry.InfoBytesMax)),
        refuse: null,
        static (call, arguments) => call.Services.Channels.EnterAsync(call.Session, arguments.Channel, arguments.Info),
        WireJson.Default.PresenceView) { IsRead = true, NeedsConnection = true };

    public static TypedRequest<string, Done> Leave { get; } = new(
        "LeavePresence",
        CallKind.Leave,
        static reader => reader.Channel("channel"),
        refuse: null,
        static (call, channel) => call.Services.Channels.LeaveAsync(call.Session, channel),
        GatewayJson.Default.Done) { NeedsConnection = true };

    public static TypedRequest<ReadArguments, PresenceView> Read { get; } = new(
        "GetPresence",
        CallKind.Command,
        static reader => new ReadArguments(reader.Channel("channel"), ReadPage(reader)),
        refuse: null,
        static (call, arguments) => call.Asker is Session session
            ? call.Services.Channels.ReadPresenceAsync(session, arguments.Channel, arguments.Page)
            : call.Services.Acts.ReadPresenceAsync(call.Asker, arguments.Channel, arguments.Page),
        WireJson.Default.PresenceView) { IsRead = true, IsForServer = true };

    public static IReadOnlyList<SessionRequest> All { get; } = [Enter, Leave, Read];

    private static ConnectionsFrom? ReadPage(RequestReader reader)
    {
        var (isAsked, after) = (reader.OptionalFlag("connections") ?? false, reader.OptionalText("after", ConnectionsPage.CursorCharsMax));
        if (after is not null && (!isAsked || ConnectionsPage.ReadCursor(after) is null))
            reader.Refuse("after", "must be the 'next' of a page of connections, and go with `connections`");
        return isAsked ? new ConnectionsFrom(after) : null;
    }

    internal sealed record EnterArguments(string Channel, Payload Info);

    internal sealed record ReadArguments(string Channel, ConnectionsFrom? Page);
}
