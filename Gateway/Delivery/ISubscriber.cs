using WhatsSound.Gateway.Messages;

namespace WhatsSound.Gateway.Delivery;

/// <summary>Who gets what a feed delivers: the delivery's view of a session.</summary>
internal interface ISubscriber
{
    /// <summary>Whose it is, who gets what channels have for that user alone; null: nobody's.</summary>
    string? UserId { get; }

    /// <summary>Cancelled when the connection is gone, or does not wait any longer.</summary>
    CancellationToken GivenUp { get; }

    /// <summary>Takes a message without waiting. Safe from any thread; order is the order of the calls.</summary>
    void Deliver(OutgoingMessage message);

    /// <summary>So much was read of a channel for it, whether it gets it or not.</summary>
    void HasRead(int bytes);
}
