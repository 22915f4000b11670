namespace WhatsSound.Grains.Storage;

/// <summary>Where a channel's numbering stands.</summary>
/// <param name="Epoch">The epoch of the newest kept publication.</param>
/// <param name="HeadOffset">Its offset. It is remembered also when the publication itself was swept.</param>
public sealed record LoggedChannel(string Epoch, long HeadOffset);
