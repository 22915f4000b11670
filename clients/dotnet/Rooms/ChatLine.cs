namespace WhatsSound.Client;

/// <summary>A message of a room's chat.</summary>
/// <param name="Offset">Its number.</param>
/// <param name="Id">Of the command that sent it.</param>
/// <param name="TimeMs">Unix milliseconds of the server's clock.</param>
/// <param name="UserId">Who said it.</param>
/// <param name="DisplayName">What their token called them then.</param>
/// <param name="Text">What they said.</param>
public sealed record ChatLine(long Offset, string Id, long TimeMs, string? UserId, string? DisplayName, string Text)
{
    /// <summary>The line of a publication; null where it is none.</summary>
    internal static ChatLine? Of(Publication publication) => publication.Read(ClientJson.Default.ChatMessage) is { } message
        ? new(publication.Offset, publication.Id, publication.TimeMs, publication.Publisher, message.DisplayName, message.Text)
        : null;
}
