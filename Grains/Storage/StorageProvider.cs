namespace WhatsSound.Grains.Storage;

/// <summary>The databases that hold grain state, reminders and the message log.</summary>
public enum StorageProvider
{
    /// <summary>A file, for one process.</summary>
    Sqlite,

    /// <summary>A server, for a cluster.</summary>
    Postgresql,
}
