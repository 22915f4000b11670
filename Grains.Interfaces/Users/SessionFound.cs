namespace WhatsSound.Users;

/// <summary>Where a session is that somebody wants to resume: parked, and now theirs; or held, and to be asked for there; or nowhere.</summary>
[GenerateSerializer, Immutable, Alias("ws.SessionFound")]
public sealed record SessionFound
{
    /// <summary>The session, for whoever asked alone; null: it is not parked.</summary>
    [Id(0)] public ParkedSession? Parked { get; init; }

    /// <summary>Who holds it; null: nobody that is known.</summary>
    [Id(1)] public ISessionHolder? Holder { get; init; }
}
