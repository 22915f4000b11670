namespace WhatsSound.Gateway.Sessions;

/// <summary>What a resumed session does not get back of a channel.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="What">To be attached, or to be in presence.</param>
/// <param name="Error">Why.</param>
internal sealed record ChannelRefused(string Channel, RefusedPart What, Refusal Error);
