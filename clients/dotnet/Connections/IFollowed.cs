namespace WhatsSound.Client;

/// <summary>Whoever follows something over all connections.</summary>
internal interface IFollowed
{
    Follower Follower { get; }

    /// <summary>Called on each new connection before anything that waits is sent. Throws what makes this connection useless.</summary>
    Task RestoreAsync();
}
