namespace WhatsSound.Client;

/// <summary>What a subscription tells its channel.</summary>
internal interface ISubscriptionOwner
{
    void OnPublications(IReadOnlyList<Publication> publications);

    void OnVerdict(ChannelVerdict verdict);

    /// <summary>Attached on a new connection, which knows nothing of the last one.</summary>
    void OnRenewed();

    /// <summary>It is over: unsubscribed, stopped, or (with a refusal) cannot be attached again.</summary>
    void OnEnded(Subscription subscription, Refusal? refusal);
}
