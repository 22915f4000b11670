using WhatsSound.Users;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>Who the connection is, and what time it is.</summary>
internal static class ConnectionRequests
{

    /// <summary>More than a message has room for.</summary>
    private const int PositionsMax = 1000;

    public static TypedRequest<string, AuthenticateResult> Authenticate { get; } = new(
        "Authenticate",
        CallKind.Anonymous,
        static reader => reader.Text("token", 1, int.MaxValue),
        refuse: null,
        static (call, token) => call.Services.Host.AuthenticateAsync(call.Session, token),
        GatewayJson.Default.AuthenticateResult) { NeedsConnection = true };

    public static TypedRequest<ResumeArguments, SessionResumed> Resume { get; } = new(
        "Resume",
        CallKind.Command,
        static reader =>
        {
            var arguments = new ResumeArguments(
                reader.OptionalText("sessionId", UserConnection.IdLengthMax), reader.OptionalText("key", SessionKey.CharsMax), reader.OptionalPositions("positions", PositionsMax));
            if (arguments.SessionId is null != arguments.Key is null)
                reader.Refuse(arguments.Key is null ? "key" : "sessionId", "is missing: a session is resumed by `sessionId` and `key`");
            return arguments;
        },
        refuse: null,
        static (call, arguments) => arguments is { SessionId: { } sessionId, Key: { } key }
            ? call.Services.Host.ResumeAsync(call.Session, sessionId, key, ResumeFrom.Positions(arguments.Positions))
            : call.Services.Host.OfferAsync(call.Session),
        GatewayJson.Default.SessionResumed) { IsRead = true, NeedsConnection = true };

    public static TypedRequest<long, TimeResult> Time { get; } = new(
        "Time",
        CallKind.Anonymous,
        static reader => reader.Integer("t1Us", long.MinValue, long.MaxValue),
        refuse: null,
        static (call, sentUs) => Task.FromResult<Answer<TimeResult>>(new TimeResult(sentUs, call.ReceivedUs, call.Services.Clock.NowUs)),
        GatewayJson.Default.TimeResult);

    public static IReadOnlyList<SessionRequest> All { get; } = [Authenticate, Resume, Time];

    internal sealed record ResumeArguments(string? SessionId, string? Key, IReadOnlyDictionary<string, Position>? Positions);
}
