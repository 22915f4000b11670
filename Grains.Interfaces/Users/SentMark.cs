using WhatsSound.Publications;

namespace WhatsSound.Users;

/// <summary>One of the last messages of a session whose door counts them.</summary>
/// <param name="Number">Its count.</param>
/// <param name="Channel">Its channel.</param>
/// <param name="Before">Where the session was in the channel before it; null: that is not known.</param>
[GenerateSerializer, Immutable, Alias("ws.SentMark")]
public sealed record SentMark([property: Id(0)] long Number, [property: Id(1)] string Channel, [property: Id(2)] Position? Before);
