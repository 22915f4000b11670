using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;
using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>Listening to channels, and publishing.</summary>
internal static class ChannelRequests
{
    public const int RewindCountMax = 100;
    public const long RewindMsMax = 120_000;
    public const int EventCharsMax = 64;
    public const int KeyCharsMax = 64;
    public const int HeadersMax = 16;
    public const int HeaderCharsMax = 256;
    public const int HeadersBytesMax = 2 * 1024;
    public const int ExtrasBytesMax = 4 * 1024;

    public static TypedRequest<SubscribeArguments, ChannelRecovery> Subscribe { get; } = new(
        "Subscribe",
        CallKind.Command,
        static reader => new SubscribeArguments(
            reader.Channel("channel"),
            new RecoverRequest
            {
                Since = reader.OptionalPosition("since"),
                RewindCount = (int?)reader.OptionalInteger("rewindCount", 1, RewindCountMax),
                RewindMs = reader.OptionalInteger("rewindMs", 1, RewindMsMax),
            },
            reader.OptionalFlag("echo") ?? true,
            reader.OptionalTextList("events", MessageFilter.EventsMax, EventCharsMax),
            reader.OptionalTexts("headers", MessageFilter.HeadersMax, HeaderCharsMax)),
        refuse: null,
        SubscribeAsync,
        GatewayJson.Default.ChannelRecovery);

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
            Event = reader.OptionalText("event", EventCharsMax),
            Data = reader.Data("data", "encoding"),
            Key = reader.OptionalText("key", KeyCharsMax),
            Headers = reader.OptionalTexts("headers", HeadersMax, HeaderCharsMax, HeadersBytesMax),
            Extras = reader.OptionalObject("extras", ExtrasBytesMax),
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
        return filter is null && arguments.HasEcho ? null : new Wants(filter, arguments.HasEcho ? null : call.Session.Id);
    }

    internal sealed record SubscribeArguments(
        string Channel, RecoverRequest From, bool HasEcho, IReadOnlyList<string> Events, IReadOnlyDictionary<string, string> Headers);

    internal sealed record PublishArguments(string Channel, PublishRequest Publication);
}
