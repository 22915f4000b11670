using WhatsSound.Channels;
using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Requests;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>Reading what was published before.</summary>
internal static class HistoryRequests
{
    /// <summary>How many publications a page has unless the request says how many: as many as a rewind.</summary>
    private const int CountUnlessSaid = PublicationLimits.RewindCountMax;

    public static TypedRequest<HistoryArguments, ChannelHistory> Read { get; } = new(
        "GetHistory",
        CallKind.Command,
        static reader => new HistoryArguments(
            reader.Channel("channel"),
            new HistoryRequest
            {
                Before = reader.OptionalInteger("before", 1, long.MaxValue),
                After = reader.OptionalInteger("after", 0, long.MaxValue),
                FromMs = reader.OptionalInteger("fromMs", 0, long.MaxValue),
                ToMs = reader.OptionalInteger("toMs", 0, long.MaxValue),
                IsForward = ReadIsForward(reader),
                CountMax = (int)(reader.OptionalInteger("max", 1, PublicationLimits.HistoryCountMax) ?? CountUnlessSaid),
                BytesMax = PublicationLimits.HistoryBytesMax,
            },
            reader.OptionalFlag("untilAttach") ?? false,
            reader.OptionalTextList("events", MessageFilter.EventsMax, PublicationLimits.NameCharsMax)),
        refuse: null,
        static (call, arguments) => call.Services.History.ReadAsync(call.Asker, arguments.Channel, arguments.Page, arguments.IsUntilAttach, FilterOf(arguments.Events)),
        GatewayJson.Default.ChannelHistory) { IsRead = true, IsForAnonymous = true, IsForServer = true };

    public static IReadOnlyList<SessionRequest> All { get; } = [Read];

    private static bool ReadIsForward(RequestReader reader)
    {
        var direction = reader.OptionalText("direction", 16);
        if (direction is not (null or "backward" or "forward"))
            reader.Refuse("direction", "must be 'backward' or 'forward'");
        return direction == "forward";
    }

    private static MessageFilter? FilterOf(IReadOnlyList<string> events) => events.Count > 0 ? new MessageFilter(events, []) : null;

    internal sealed record HistoryArguments(string Channel, HistoryRequest Page, bool IsUntilAttach, IReadOnlyList<string> Events);
}
