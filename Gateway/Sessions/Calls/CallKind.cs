namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>Which limits a request falls under.</summary>
internal enum CallKind
{
    /// <summary>Needs an identity; counts against the user's requests.</summary>
    Command,

    /// <summary>A command that also counts against the user's snapshots.</summary>
    Snapshot,

    /// <summary>Needs an identity; comes many times a second, with a limit of its own.</summary>
    Report,

    /// <summary>Needs no identity; counts against the requests of the user, or of the address where there is none.</summary>
    Anonymous,
}
