namespace WhatsSound.Client;

/// <summary>The codes of refusals that the client makes itself; all others are the server's.</summary>
public static class RefusalCodes
{
    /// <summary>The connection was stopped, or the server ended it for good: then the detail says why.</summary>
    public const string Closed = "CLOSED";

    /// <summary>The room was left, or the channel unsubscribed, before the request was carried out.</summary>
    public const string Left = "LEFT";

    /// <summary>No answer came in time: the outcome is unknown. The server's code too.</summary>
    public const string Timeout = "TIMEOUT";

    /// <summary>The answer could not be read. The server's code for a bug too.</summary>
    public const string Internal = "INTERNAL";
}
