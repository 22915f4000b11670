namespace WhatsSound.Client;

/// <summary>What plays when nothing is queued; its tracks are read by <see cref="Room.GetFallbackAsync"/>.</summary>
/// <param name="Count">How many tracks; 0: nothing plays.</param>
/// <param name="SetByUserId">Who chose them; null: nobody has.</param>
/// <param name="Revision">Rises with each choice.</param>
public sealed record RoomFallback(int Count = 0, string? SetByUserId = null, long Revision = 0);
