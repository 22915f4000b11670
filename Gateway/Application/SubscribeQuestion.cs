namespace WhatsSound.Gateway.Application;

/// <summary>May this connection subscribe to a channel?</summary>
/// <param name="Caller">Whose it is.</param>
/// <param name="Channel">To which.</param>
public sealed record SubscribeQuestion(Caller Caller, string Channel);
