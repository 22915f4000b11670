namespace WhatsSound.Client;

/// <summary>What a <see cref="Follower"/> follows: how it asks the server, once, on the connection there is; and what it tells.</summary>
internal interface IFollowing
{
    /// <summary>Attaches: at the positions there are, or anew.</summary>
    Task<Attached> AttachAsync(IReadOnlyDictionary<string, Position>? since);

    /// <summary>Begins anew, attached as before: after a loss that the server told of, or (null) after gaps that did not heal.</summary>
    Task<Attached> RestartAsync(LostMessage? lost);

    /// <summary>Publications that are new, in order.</summary>
    void OnPublications(string channel, IReadOnlyList<Publication> publications);

    /// <summary>The follower begins, or goes on, from where it was attached.</summary>
    void OnAttached(Attached attached, int applied);

    /// <summary>It could not recover on this connection; it will on the next.</summary>
    void OnStuck();
}
