namespace WhatsSound.Gateway.Doors.SignalR;

/// <summary>Which limits a method falls under.</summary>
internal enum CallKind
{
    /// <summary>Needs an identity; counts against the session's requests.</summary>
    Command,

    /// <summary>Needs an identity; comes many times a second, with a limit of its own.</summary>
    Report,

    /// <summary>Needs no identity; counts against the session's requests.</summary>
    Anonymous,
}
