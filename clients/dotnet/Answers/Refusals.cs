namespace WhatsSound.Client;

/// <summary>The refusals that this client makes.</summary>
internal static class Refusals
{
    public static RefusedException Unanswered() => new(new(RefusalCodes.Timeout, "No answer came in time: the outcome is unknown.", Retryable: true)) { IsUnanswered = true };

    public static RefusedException NotUnderstood(string message) => new(new(RefusalCodes.Internal, message));

    public static RefusedException Stopped() => new(new(RefusalCodes.Closed, "The connection was closed by this client."));

    /// <summary>With a newer connection of the user it would only trade places.</summary>
    public static RefusedException SentAway(string code) => new(new(code, "The server ended the connection for good."));

    public static RefusedException Left() => new(new(RefusalCodes.Left, "This client left before the request was carried out."));

    public static RefusedException NotSubscribed() => new(new("NOT_SUBSCRIBED", "The channel is not subscribed."));

    public static RefusedException AlreadySubscribed() => new(new("BAD_REQUEST", "The channel is subscribed already: unsubscribe first to begin elsewhere."));

    public static RefusedException NotInRoom() => new(new("NOT_MEMBER", "The room is not joined."));

    public static RefusedException TooMany() => new(new("RATE_LIMITED", "Too many requests wait to be sent.", Retryable: true));
}
