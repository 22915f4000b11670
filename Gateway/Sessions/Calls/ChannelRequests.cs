using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Messages;

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
            new RecoverRequest
            {
                Since = reader.OptionalPosition("since"),
                RewindCount = (int?)reader.OptionalInteger("rewindCount", 1, PublicationLimits.RewindCountMax),
                RewindMs = reader.OptionalInteger("rewindMs", 1, PublicationLimits.RewindMsMax),
            },
            reader.OptionalFlag("echo") ?? true,
            reader.OptionalTextList("events", MessageFilter.EventsMax, PublicationLimits.NameCharsMax),
            reader.OptionalTexts("headers", MessageFilter.HeadersMax, HeaderCharsMax)),
        refuse: null,
        SubscribeAsync,
        GatewayJson.Default.ChannelRecovery) { IsRead = true };

    public static TypedRequest<string, Done> Unsubscribe { get; } = new(
        "Unsubscribe",
        CallKind.Leave,
        static reader => reader.Channel("channel"),
        refuse: null,
        static (call, channel) => call.Services.Channels.UnsubscribeAsync(call.Session, channel),
        GatewayJson.Default.Done);

    public static TypedRequest<PublishArguments, Published> Publish { get; } = new(
        "Publish",
        CallKind.Command,
        static reader => new PublishArguments(reader.Channel("channel"), new PublishRequest
        {
            Id = reader.Id("id"),
            Event = reader.OptionalText("event", PublicationLimits.NameCharsMax),
            Data = reader.Data("data", "encoding"),
            Key = reader.OptionalText("key", PublicationLimits.NameCharsMax),
            Headers = reader.OptionalTexts("headers", HeadersMax, HeaderCharsMax, PublicationLimits.HeadersBytesMax),
            Extras = reader.OptionalObject("extras", PublicationLimits.ExtrasBytesMax),
        }),
        refuse: null,
        static (call, arguments) => call.Services.Channels.PublishAsync(call.Session, arguments.Channel, arguments.Publication),
        WireJson.Default.Published);

    public static IReadOnlyList<SessionRequest> All { get; } = [Subscribe, Unsubscribe, Publish];

    private static async Task<Answer<ChannelRecovery>> SubscribeAsync(Call call, SubscribeArguments arguments)
    {
        var answer = await call.Services.Channels.SubscribeAsync(call.Session, arguments.Channel, new AttachRequest(arguments.From, Wants: WantsOf(call, arguments)));
        return answer.IsRefused ? answer.Refusal : ChannelRecovery.Of(arguments.Channel, answer.Value);
    }

    /// <summary>Null: everything.</summary>
    private static Wants? WantsOf(Call call, SubscribeArguments arguments)
    {
        var filter = arguments.Events.Count > 0 || arguments.Headers.Count > 0 ? new MessageFilter(arguments.Events, arguments.Headers) : null;
        return filter is null && arguments.HasEcho ? null : call.Services.Channels.WantsOf(arguments.Channel, filter, arguments.HasEcho ? null : call.Session.Id);
    }

    internal sealed record SubscribeArguments(
        string Channel, RecoverRequest From, bool HasEcho, IReadOnlyList<string> Events, IReadOnlyDictionary<string, string> Headers);

    internal sealed record PublishArguments(string Channel, PublishRequest Publication);
}
