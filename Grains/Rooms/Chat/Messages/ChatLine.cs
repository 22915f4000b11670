using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>A message that is there.</summary>
/// <param name="Offset">Its number.</param>
/// <param name="AuthorId">Who said it.</param>
/// <param name="AtMs">When.</param>
/// <param name="Message">What, as it is now.</param>
/// <param name="IsAuthorsOnly">Whether nobody but its author has it, who was muted in the shadow.</param>
internal sealed record ChatLine(long Offset, string AuthorId, long AtMs, ChatMessage Message, bool IsAuthorsOnly);
