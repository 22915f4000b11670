namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>Who the connection is, and what time it is.</summary>
internal static class ConnectionRequests
{
    public static TypedRequest<string, AuthenticateResult> Authenticate { get; } = new(
        "Authenticate",
        CallKind.Anonymous,
        static reader => reader.Text("token", 1, int.MaxValue),
        refuse: null,
        static (call, token) => call.Services.Host.AuthenticateAsync(call.Session, token),
        GatewayJson.Default.AuthenticateResult);

    public static TypedRequest<long, TimeResult> Time { get; } = new(
        "Time",
        CallKind.Anonymous,
        static reader => reader.Integer("t1Us", long.MinValue, long.MaxValue),
        refuse: null,
        static (call, sentUs) => Task.FromResult<Answer<TimeResult>>(new TimeResult(sentUs, call.ReceivedUs, call.Services.Clock.NowUs)),
        GatewayJson.Default.TimeResult);

    public static IReadOnlyList<SessionRequest> All { get; } = [Authenticate, Time];
}
