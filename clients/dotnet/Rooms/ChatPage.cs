namespace WhatsSound.Client;

/// <summary>A part of what was said in a room, as it is by now.</summary>
/// <param name="Lines">Messages in the order of their numbers.</param>
/// <param name="Next">What the next page in the same direction is asked for with; null: there is none.</param>
public sealed record ChatPage(IReadOnlyList<ChatLine> Lines, long? Next);
