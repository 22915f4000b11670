namespace WhatsSound.Grains.Channels;

/// <summary>In which order the histories of a silo go, where there is no room for all: those whose loss matters least come first.</summary>
internal enum HistoryTier
{
    /// <summary>Nobody listens.</summary>
    Unheard = 0,

    /// <summary>The message log has all of it.</summary>
    Logged = 1,

    /// <summary>Somebody listens, or did a while ago, and may come back for it.</summary>
    Heard = 2,

    /// <summary>It stays: the channel promises its last publication, and reads that from the log at its start only.</summary>
    Promised = 3,
}
