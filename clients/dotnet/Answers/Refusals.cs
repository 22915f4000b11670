using System.Globalization;

namespace WhatsSound.Client;

/// <summary>The refusals that this client makes.</summary>
internal static class Refusals
{
    public static RefusedException Unanswered() => new(new(RefusalCodes.Timeout, "No answer came in time: the outcome is unknown.", Retryable: true)) { IsUnanswered = true };

    public static RefusedException NotUnderstood(string message) => new(new(RefusalCodes.Internal, message));

    /// <summary>The first connection was not made in the time that starting was given.</summary>
    public static RefusedException NotLive(TimeSpan within, Exception? because) => new(new(
        RefusalCodes.Timeout, string.Create(CultureInfo.InvariantCulture, $"Not connected within {within.TotalMilliseconds:F0} ms{(because is null ? "." : $": {because.Message}")}"), Retryable: true));

    /// <summary>What gives tokens gave none.</summary>
    public static RefusedException NoToken(Exception because) => new(new("UNAUTHENTICATED", $"No token: {because.Message}", Detail: "token"));

    /// <summary>The request is larger than the server takes: as the server says it, which for one that is larger still would end the connection.</summary>
    public static RefusedException TooLarge(int bytesMax) => new(new(
        "PAYLOAD_TOO_LARGE", string.Create(CultureInfo.InvariantCulture, $"A request must have at most {bytesMax:N0} bytes."), Detail: bytesMax.ToString(CultureInfo.InvariantCulture)));

    /// <summary>A field, or an option, that will not do: the server's code for it.</summary>
    public static RefusedException BadField(string field, string message) => new(new("BAD_REQUEST", message, Detail: field));

    public static RefusedException Stopped() => new(new(RefusalCodes.Closed, "The connection was closed by this client."));

    /// <summary>The server has ended a connection, and said why: <c>CLOSED</c> where it does not want it back, since with a newer one of the user it would only trade places.</summary>
    public static RefusedException Ended(string code, string by) => new(new(code, $"The server ended the connection: {by}.", Detail: by));

    /// <summary>The server has taken the token back, and the app has no other one: to show it again would end in the same way.</summary>
    public static RefusedException TakenBack() => new(new(RefusalCodes.Closed, "The server has taken the token back, and there is no other one.", Detail: "TOKEN_REVOKED")) { IsTakenBack = true };

    public static RefusedException Left() => new(new(RefusalCodes.Left, "This client left before the request was carried out."));

    public static RefusedException NotSubscribed(string channel) => new(new("NOT_SUBSCRIBED", "The channel is not subscribed.", Detail: channel));

    public static RefusedException AlreadySubscribed() => BadField("options", "The channel is subscribed already: unsubscribe first to begin elsewhere.");

    public static RefusedException NotInRoom(string? userId) => new(new("NOT_MEMBER", "The room is not joined.", Detail: userId));

    public static RefusedException TooMany() => new(new("RATE_LIMITED", "Too many requests wait to be sent.", Retryable: true));
}
