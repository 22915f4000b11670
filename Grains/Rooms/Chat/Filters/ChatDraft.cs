namespace WhatsSound.Grains.Rooms;

/// <summary>What somebody is about to say.</summary>
/// <param name="RoomId">Where.</param>
/// <param name="UserId">Who.</param>
/// <param name="Text">What: within the limits, with something visible.</param>
/// <param name="IsEdit">Whether they say something anew.</param>
public sealed record ChatDraft(string RoomId, string UserId, string Text, bool IsEdit);
