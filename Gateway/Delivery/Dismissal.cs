namespace WhatsSound.Gateway.Delivery;

/// <summary>A room has said that somebody is out.</summary>
/// <param name="RoomId">Of where.</param>
/// <param name="UserId">Who; null: everybody.</param>
/// <param name="Code">Why; one of <see cref="RefusalCode"/>.</param>
/// <param name="Revision">The room's revision: whoever joined at a later one is not meant.</param>
internal sealed record Dismissal(string RoomId, string? UserId, string Code, long Revision);
