using WhatsSound.Publications;

namespace WhatsSound.Gateway.Application;

/// <summary>May this be published?</summary>
/// <param name="Caller">Who publishes.</param>
/// <param name="Channel">Where.</param>
/// <param name="Id">The id that the publisher made.</param>
/// <param name="Event">What it is; null: they did not say.</param>
/// <param name="Data">What is published.</param>
public sealed record PublishQuestion(Caller Caller, string Channel, string Id, string? Event, Payload Data);
