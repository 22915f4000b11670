namespace WhatsSound.Client;

/// <summary>The owner would give the room to a member, who has not said yes. It ends when they are sent out, too.</summary>
/// <param name="ToUserId">Who may accept it.</param>
/// <param name="UntilMs">Until when, room time in Unix milliseconds.</param>
public sealed record OwnershipOffer(string ToUserId, long UntilMs);
