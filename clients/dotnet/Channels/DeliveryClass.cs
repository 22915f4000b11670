namespace WhatsSound.Client;

/// <summary>What of a channel is delivered.</summary>
internal enum DeliveryClass
{
    /// <summary>Every offset, in order.</summary>
    Ordered,

    /// <summary>The newest per key; offsets may skip.</summary>
    Conflated,
}
