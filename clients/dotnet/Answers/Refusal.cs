namespace WhatsSound.Client;

/// <summary>Why a request was not carried out. It has changed nothing, except with code <c>TIMEOUT</c>: then the outcome is unknown.</summary>
/// <param name="Code">Permanent; branch on it. The server's are in its <c>docs/protocol.md</c>; <see cref="RefusalCodes"/> has the two that only this client makes.</param>
/// <param name="Message">For people.</param>
/// <param name="Retryable">Whether the same request may succeed later, unchanged.</param>
/// <param name="RetryAfterMs">When, if that is known.</param>
/// <param name="Detail">What it is about: a field, a limit, an id; see the code.</param>
public sealed record Refusal(string Code, string Message, bool Retryable = false, double? RetryAfterMs = null, string? Detail = null);
