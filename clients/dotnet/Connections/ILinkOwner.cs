namespace WhatsSound.Client;

/// <summary>What a link tells its owner.</summary>
internal interface ILinkOwner
{
    void OnState(ConnectionState state);

    void OnFrame(FrameMessage frame);

    void OnLost(LostMessage lost);

    void OnDetached(DetachedMessage detached);

    void OnOccupancy(Occupancy occupancy);

    /// <summary>A new connection, authenticated, before anything waiting is sent: the place to recover.</summary>
    Task OnOpenedAsync(Wire wire);

    /// <summary>An attempt to connect, or to renew the token, failed; the next one follows.</summary>
    void OnFailed(Exception exception);
}
