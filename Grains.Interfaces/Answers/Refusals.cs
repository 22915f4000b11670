using System.Globalization;

namespace WhatsSound;

/// <summary>Makes refusals, so that a code always comes with the same retry advice.</summary>
public static class Refusals
{
    /// <summary>A final refusal: the same request will be refused again.</summary>
    public static Refusal Final(string code, string message, string? detail = null) =>
        new() { Code = code, Message = message, Detail = detail };

    /// <summary>A field is wrong.</summary>
    public static Refusal BadRequest(string field, string message) => Final(RefusalCode.BadRequest, message, field);

    /// <summary>A limit is reached.</summary>
    public static Refusal Limit(string code, string message, int limit) =>
        Final(code, message, limit.ToString(CultureInfo.InvariantCulture));

    /// <summary>The request may succeed later.</summary>
    public static Refusal Retry(string code, string message, TimeSpan? after = null) =>
        new() { Code = code, Message = message, Retryable = true, RetryAfterMs = after is { } wait ? (long)Math.Ceiling(wait.TotalMilliseconds) : null };
}
