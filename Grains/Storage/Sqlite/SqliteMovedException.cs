namespace WhatsSound.Grains.Storage;

/// <summary>The SQLite file was deleted or replaced under the running program.</summary>
public sealed class SqliteMovedException(string file)
    : IOException($"{file} is not the file that this program opened: it was deleted or replaced. Put it back, or stop the program.");
