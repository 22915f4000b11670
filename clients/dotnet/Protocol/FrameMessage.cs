namespace WhatsSound.Client;

/// <summary>What the server sends when a channel has something new.</summary>
internal sealed record FrameMessage(
    string Channel, string Epoch, DeliveryClass Class, long PreviousOffset, long HeadOffset, IReadOnlyList<Publication> Publications);
