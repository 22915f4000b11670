using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Requests;
using WhatsSound.Presence;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>Listening to channels, and publishing.</summary>
internal static class ChannelRequests
{
    public const int HeadersMax = 16;
    public const int HeaderCharsMax = 256;

    public static TypedRequest<SubscribeArguments, ChannelRecovery> Subscribe { get; } = new(
        "Subscribe",
        CallKind.Command,
        static reader => new SubscribeArguments(
            reader.Channel("channel"),
            ReadFrom(reader),
            reader.OptionalFlag("echo") ?? true,
            reader.OptionalTextList("events", MessageFilter.EventsMax, PublicationLimits.NameCharsMax),
            reader.OptionalTexts("headers", MessageFilter.HeadersMax, HeaderCharsMax),
            reader.OptionalFlag("occupancy") ?? false,
            ReadShape(reader)),
        refuse: null,
        SubscribeAsync,
        GatewayJson.Default.ChannelRecovery) { IsRead = true, IsForAnonymous = true, NeedsConnection = true };

    public static TypedRequest<string, Done> Unsubscribe { get; } = new(
        "Unsubscribe",
        CallKind.Leave,
        static reader => reader.Channel("channel"),
        refuse: null,
        static (call, channel) => call.Services.Channels.UnsubscribeAsync(call.Session, channel),
        GatewayJson.Default.Done) { IsForAnonymous = true, NeedsConnection = true };

    public static TypedRequest<PublishArguments, Published> Publish { get; } = new(
        "Publish",
        CallKind.Command,
        ReadPublication,
        refuse: null,
        static (call, arguments) => call.Services.Acts.PublishAsync(call.Asker, arguments.Channel, arguments.Publication),
        WireJson.Default.Published) { IsForAnonymous = true, IsForServer = true };

    public static TypedRequest<string, ChannelOccupancy> Occupancy { get; } = new(
        "GetOccupancy",
        CallKind.Command,
        static reader => reader.Channel("channel"),
        refuse: null,
        static (call, channel) => call.Services.Acts.ReadOccupancyAsync(call.Asker, channel),
        GatewayJson.Default.ChannelOccupancy) { IsForAnonymous = true, IsForServer = true };

    public static IReadOnlyList<SessionRequest> All { get; } = [Subscribe, Unsubscribe, Publish, Occupancy];

    /// <summary>A publication, and where it is to be.</summary>
    public static PublishArguments ReadPublication(RequestReader reader) => new(reader.Channel("channel"), new PublishRequest
    {
        Id = reader.Id("id"),
        Event = reader.OptionalText("event", PublicationLimits.NameCharsMax),
        Data = reader.Data("data", "encoding"),
        Key = reader.OptionalText("key", PublicationLimits.NameCharsMax),
        Headers = reader.OptionalTexts("headers", HeadersMax, HeaderCharsMax, PublicationLimits.HeadersBytesMax),
        Extras = reader.OptionalObject("extras", PublicationLimits.ExtrasBytesMax),
    });

    private static async Task<Answer<ChannelRecovery>> SubscribeAsync(Call call, SubscribeArguments arguments)
    {
        var answer = await call.Services.Channels.SubscribeAsync(call.Session, arguments.Channel, new AttachRequest(arguments.From, Wants: WantsOf(call, arguments), FollowsOccupancy: arguments.HasOccupancy));
        return answer.IsRefused ? answer.Refusal : ChannelRecovery.Of(arguments.Channel, answer.Value) with { Rule = call.Services.Access.RuleOf(arguments.Channel).Pattern };
    }

    private static RecoverRequest ReadFrom(RequestReader reader)
    {
        var from = new RecoverRequest
        {
            Since = reader.OptionalPosition("since"),
            RewindCount = (int?)reader.OptionalInteger("rewindCount", 1, PublicationLimits.RewindCountMax),
            RewindMs = reader.OptionalInteger("rewindMs", 1, PublicationLimits.RewindMsMax),
        };
        if (from is { Since: not null, RewindCount: not null })
            reader.Refuse("rewindCount", "must be absent where there is `since`");
        if (from is { Since: not null, RewindMs: not null } or { RewindCount: not null, RewindMs: not null })
            reader.Refuse("rewindMs", "must be absent where there is `since` or `rewindCount`");
        return from;
    }

    private static PresenceShape ReadShape(RequestReader reader)
    {
        switch (reader.OptionalText("presence", 16))
        {
            case null or "members":
                return PresenceShape.Members;
            case "connections":
                return PresenceShape.Connections;
            case "none":
                return PresenceShape.None;
            default:
                reader.Refuse("presence", "must be 'members', 'connections' or 'none'");
                return PresenceShape.Members;
        }
    }

    /// <summary>Null: everything.</summary>
    private static Wants? WantsOf(Call call, SubscribeArguments arguments)
    {
        var filter = arguments.Events.Count > 0 || arguments.Headers.Count > 0 ? new MessageFilter(arguments.Events, arguments.Headers) : null;
        return call.Services.Channels.WantsOf(arguments.Channel, filter, arguments.HasEcho ? null : call.Session.StableId, arguments.Presence);
    }

    internal sealed record SubscribeArguments(
        string Channel, RecoverRequest From, bool HasEcho, IReadOnlyList<string> Events, IReadOnlyDictionary<string, string> Headers, bool HasOccupancy = false,
        PresenceShape Presence = PresenceShape.Members);

    internal sealed record PublishArguments(string Channel, PublishRequest Publication);
}
