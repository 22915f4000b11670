using WhatsSound.Channels;
using WhatsSound.Gateway.Delivery;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>Listening to channels, and publishing.</summary>
internal static class ChannelRequests
{
    public const int RewindCountMax = 100;
    public const long RewindMsMax = 120_000;
    public const int EventCharsMax = 64;
    public const int KeyCharsMax = 64;

    public static TypedRequest<SubscribeArguments, ChannelRecovery> Subscribe { get; } = new(
        "Subscribe",
        CallKind.Command,
        static reader => new SubscribeArguments(reader.Channel("channel"), new RecoverRequest
        {
            Since = reader.OptionalPosition("since"),
            RewindCount = (int?)reader.OptionalInteger("rewindCount", 1, RewindCountMax),
            RewindMs = reader.OptionalInteger("rewindMs", 1, RewindMsMax),
        }),
        refuse: null,
        SubscribeAsync,
        GatewayJson.Default.ChannelRecovery);

    public static TypedRequest<string, Done> Unsubscribe { get; } = new(
        "Unsubscribe",
        CallKind.Command,
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
            Event = reader.Text("event", 1, EventCharsMax),
            Data = reader.Json("data"),
            Key = reader.OptionalText("key", KeyCharsMax),
        }),
        refuse: null,
        static (call, arguments) => call.Services.Channels.PublishAsync(call.Session, arguments.Channel, arguments.Publication),
        WireJson.Default.Published);

    public static IReadOnlyList<SessionRequest> All { get; } = [Subscribe, Unsubscribe, Publish];

    private static async Task<Answer<ChannelRecovery>> SubscribeAsync(Call call, SubscribeArguments arguments)
    {
        var answer = await call.Services.Channels.SubscribeAsync(call.Session, arguments.Channel, new AttachRequest(arguments.From));
        return answer.IsRefused ? answer.Refusal : ChannelRecovery.Of(arguments.Channel, answer.Value);
    }

    internal sealed record SubscribeArguments(string Channel, RecoverRequest From);

    internal sealed record PublishArguments(string Channel, PublishRequest Publication);
}
