namespace WhatsSound.Client;

/// <summary>The answer to a subscription: where the channel is, and what was missed.</summary>
internal sealed record Recovery(
    string Channel,
    Position Position,
    Verdict Verdict,
    DeliveryClass Class,
    IReadOnlyList<Publication> Publications,
    long? LostFrom = null,
    long? LostTo = null);
