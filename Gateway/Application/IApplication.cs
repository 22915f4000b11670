using WhatsSound.Publications;

namespace WhatsSound.Gateway.Application;

/// <summary>
/// What an app decides itself about its connections: a handler in this process, registered as a service, or the app's own server, asked over HTTP. Whoever has no opinion on something leaves the method out. A call that takes longer than
/// <c>Application:Timeout</c>, or throws, is refused: an app that cannot be asked lets nobody do anything. Any number of calls at once, up to <c>Application:AtOnceMax</c> of a kind on one gateway.
/// </summary>
public interface IApplication
{
    /// <summary>Somebody shows a token that counts: as they connect, each time that they renew it, and with each request to the HTTP API. Refused, it does not count.</summary>
    ValueTask<Ruling<ConnectFacts>> OnConnectAsync(ConnectQuestion question, CancellationToken cancellationToken) => new(new ConnectFacts());

    /// <summary>A connection, which may by its token and the channel's rule, subscribes, or reads without being attached.</summary>
    ValueTask<Ruling<Accepted>> OnSubscribeAsync(SubscribeQuestion question, CancellationToken cancellationToken) => new(Accepted.Value);

    /// <summary>Somebody, who may by their token and the channel's rule, publishes: as it is, or with other data. The same publication may be asked about again: its id says so.</summary>
    ValueTask<Ruling<PublishChange>> OnPublishAsync(PublishQuestion question, CancellationToken cancellationToken) => new(new PublishChange());

    /// <summary>A user asks for something that the app alone knows.</summary>
    ValueTask<Ruling<Payload>> OnCallAsync(CallQuestion question, CancellationToken cancellationToken) => new(Ruling.Refuse<Payload>("There is nothing by this name."));
}
