using WhatsSound.Start;

namespace WhatsSound.Grains.Storage;

/// <summary>
/// One process per SQLite file: two would each keep rooms and numberings in memory that the other changes. The lock is the operating system's, on a file
/// beside the database, so it ends with the process however that ends; the file that stays behind locks nothing.
/// </summary>
internal sealed class SqliteFileLock : IDisposable
{
    private readonly FileStream _held;

    private SqliteFileLock(FileStream held) => _held = held;

    /// <summary>Takes the lock, or throws <see cref="HostStartException"/>.</summary>
    public static SqliteFileLock Take(string file)
    {
        var path = Path.GetFullPath(file);
        // Two names of one file are one file.
        var real = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new(new FileStream(real + ".lock", options));
        }
        catch (IOException exception) when (exception is not (DirectoryNotFoundException or PathTooLongException) && File.Exists(real + ".lock"))
        {
            throw new HostStartException($"{real} is in use by another process of this program; one file is for one process.", exception);
        }
    }

    public void Dispose() => _held.Dispose();
}
