namespace WhatsSound.Grains.Channels;

/// <summary>What makes two publish requests the same.</summary>
/// <param name="Publisher">Whose counter the id is of; null for the system.</param>
/// <param name="Id">The id that the publisher made.</param>
internal readonly record struct RequestId(string? Publisher, string Id);
