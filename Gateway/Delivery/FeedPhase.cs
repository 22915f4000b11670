namespace WhatsSound.Gateway.Delivery;

/// <summary>What a feed does with a frame.</summary>
internal enum FeedPhase
{
    /// <summary>Subscribing and reading where the channel is: frames are held back.</summary>
    Opening,

    /// <summary>Frames go to the sessions.</summary>
    Live,

    /// <summary>Reading a gap: frames are held back.</summary>
    Repairing,

    /// <summary>Nothing is taken any more.</summary>
    Closed,
}
