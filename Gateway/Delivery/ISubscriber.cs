using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Delivery;

/// <summary>Who gets what a feed delivers: the delivery's view of a session.</summary>
internal interface ISubscriber
{
    /// <summary>Cancelled when the connection is gone.</summary>
    CancellationToken Ended { get; }

    /// <summary>Takes a message without waiting. Safe from any thread; order is the order of the calls.</summary>
    void Deliver(OutgoingMessage message);
}
