namespace WhatsSound;

/// <summary>
/// Why a request was not carried out. A refused request has changed nothing, except with <see cref="RefusalCode.Timeout"/>: then the outcome is unknown.
/// The <see cref="Code"/> is permanent and part of the public protocol (see <see cref="RefusalCode"/>); the message is for people and may change.
/// </summary>
[GenerateSerializer, Immutable, Alias("ws.Refusal")]
public sealed record Refusal
{
    /// <summary>One of <see cref="RefusalCode"/>.</summary>
    [Id(0)] public required string Code { get; init; }

    /// <summary>One sentence for a developer or a log.</summary>
    [Id(1)] public required string Message { get; init; }

    /// <summary>Whether the same request may succeed later, unchanged.</summary>
    [Id(2)] public bool Retryable { get; init; }

    /// <summary>How long to wait before a retry, in milliseconds; null where no time is known.</summary>
    [Id(3)] public long? RetryAfterMs { get; init; }

    /// <summary>The request field that is wrong (<c>BAD_REQUEST</c>), or the id, limit or revision that the code speaks of.</summary>
    [Id(4)] public string? Detail { get; init; }
}
