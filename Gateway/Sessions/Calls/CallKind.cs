namespace WhatsSound.Gateway.Sessions.Calls;

/// <summary>Which limits a request falls under.</summary>
internal enum CallKind
{
    /// <summary>Needs an identity; counts against the session's requests.</summary>
    Command,

    /// <summary>A command that also counts against the session's snapshots.</summary>
    Snapshot,

    /// <summary>Needs an identity; comes many times a second, with a limit of its own.</summary>
    Report,

    /// <summary>A command that only leaves: it needs an identity, which may have run out.</summary>
    Leave,

    /// <summary>Needs no identity; counts against the session's requests.</summary>
    Anonymous,
}
