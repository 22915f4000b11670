using System.Globalization;

namespace WhatsSound;

/// <summary>Makes refusals, so that a code always comes with the same retry advice.</summary>
public static class Refusals
{
    /// <summary>A final refusal: the same request will be refused again.</summary>
    public static Refusal Final(string code, string message, string? detail = null) =>
        new() { Code = code, Message = message, Detail = detail };

    /// <summary>A field is wrong.</summary>
    /// <param name="field">Its name, which becomes the detail.</param>
    /// <param name="message">A sentence.</param>
    public static Refusal BadRequest(string field, string message) => Final(RefusalCode.BadRequest, message, field);

    /// <summary>The same, in a sentence that begins with the field's name.</summary>
    /// <param name="field">Its name, which becomes the detail.</param>
    /// <param name="must">The rest, without the full stop: "must be 1 to 100".</param>
    public static Refusal WrongField(string field, string must) => BadRequest(field, $"`{field}` {must}.");

    /// <summary>A limit is reached.</summary>
    public static Refusal Limit(string code, string message, int limit) =>
        Final(code, message, limit.ToString(CultureInfo.InvariantCulture));

    /// <summary>The request may succeed later.</summary>
    public static Refusal Retry(string code, string message, TimeSpan? after = null) =>
        new() { Code = code, Message = message, Retryable = true, RetryAfterMs = after is { } wait ? (long)Math.Ceiling(wait.TotalMilliseconds) : null };

    /// <summary>Something is done too often. What a user asks for in total has no detail: clients send that again by themselves, and leave this to whoever asked.</summary>
    public static Refusal TooOften(string what, string message, TimeSpan after) => Retry(RefusalCode.RateLimited, message, after) with { Detail = what };
}
