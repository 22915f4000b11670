using WhatsSound.Presence;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>Being there, and who is.</summary>
internal static class PresenceRequests
{
    public const int InfoBytesMax = 1024;

    public static TypedRequest<EnterArguments, PresenceView> Enter { get; } = new(
        "EnterPresence",
        CallKind.Command,
        static reader => new EnterArguments(reader.Channel("channel"), reader.OptionalJson("info", InfoBytesMax)),
        refuse: null,
        static (call, arguments) => call.Services.Channels.EnterAsync(call.Session, arguments.Channel, arguments.Info),
        WireJson.Default.PresenceView);

    public static TypedRequest<string, Done> Leave { get; } = new(
        "LeavePresence",
        CallKind.Leave,
        static reader => reader.Channel("channel"),
        refuse: null,
        static (call, channel) => call.Services.Channels.LeaveAsync(call.Session, channel),
        GatewayJson.Default.Done);

    public static TypedRequest<string, PresenceView> Read { get; } = new(
        "GetPresence",
        CallKind.Command,
        static reader => reader.Channel("channel"),
        refuse: null,
        static (call, channel) => call.Services.Channels.ReadPresenceAsync(call.Session, channel),
        WireJson.Default.PresenceView);

    public static IReadOnlyList<SessionRequest> All { get; } = [Enter, Leave, Read];

    internal sealed record EnterArguments(string Channel, Payload Info);
}
