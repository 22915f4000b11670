using System.Net;

namespace WhatsSound.Client;

/// <summary>Why no other attempt to connect is likely to do better, as a refusal; null where one may.</summary>
internal static class Lasting
{
    /// <summary>Of an attempt that came no further than to the address: that it answered, and no hub did.</summary>
    public static RefusedException? OfAddress(Exception exception) => exception switch
    {
        RefusedException refused => OfRefusal(refused),
        HttpRequestException { StatusCode: { } status } when IsLasting(status) => Refusals.BadField("url", $"The address of the hub answered {(int)status}."),
        _ => null,
    };

    /// <summary>Of one that came as far as to the token.</summary>
    public static RefusedException? OfToken(Exception exception) => exception switch
    {
        RefusedException refused => OfRefusal(refused),
        // No network for the token either.
        HttpRequestException { StatusCode: null } => null,
        _ => Refusals.NoToken(exception),
    };

    private static RefusedException? OfRefusal(RefusedException refused) => refused.Refusal is { Retryable: true } or { Code: "INTERNAL" } ? null : refused;

    private static bool IsLasting(HttpStatusCode status) => status == HttpStatusCode.NotImplemented
        || (status is >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError
            and not (HttpStatusCode.RequestTimeout or (HttpStatusCode)425 or HttpStatusCode.TooManyRequests));
}
