namespace WhatsSound.Client;

/// <summary>Whoever follows something over all connections.</summary>
internal interface IFollowed
{
    Follower Follower { get; }

    /// <summary>Called on each new connection before anything that waits is sent. Throws what makes this connection useless.</summary>
    Task RestoreAsync();

    /// <summary>The server has ended a channel, somebody's: whoever follows it asks for it again, and is told why not in the usual way.</summary>
    Task DetachedAsync(string channel);

    /// <inheritdoc cref="Ground.IsBeneathRoom"/>
    bool IsBeneathRoom(string channel, out Task inside);
}
