using System.Runtime.InteropServices;
using SQLitePCL;

namespace WhatsSound.Grains.Storage;

/// <summary>The SQLite file as a file: who may read it, and whether it is still the one that was opened.</summary>
internal static class SqliteFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    // https://sqlite.org/c3ref/c_fcntl_begin_atomic_write.html
    private const int HasMovedControl = 20;

    private static readonly string[] Companions = ["", "-wal", "-shm"];

    /// <summary>Creates folder and file if need be, and lets nobody but the owner read what is in them. A folder that was there keeps its mode.</summary>
    public static void Prepare(string file)
    {
        if (file is "" or ":memory:")
            return;
        var path = Path.GetFullPath(file);
        var folder = Path.GetDirectoryName(path)!;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            using var created = new FileStream(path, FileMode.OpenOrCreate, FileAccess.Read, FileShare.ReadWrite);
            return;
        }

        if (!Directory.Exists(folder))
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        if (!File.Exists(path))
        {
            // SQLite gives its companions the mode of the file.
            using var created = new FileStream(path, new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, Share = FileShare.ReadWrite, UnixCreateMode = OwnerOnly });
            return;
        }

        foreach (var existing in Companions.Select(companion => path + companion).Where(File.Exists))
            Restrict(existing);
    }

    /// <summary>
    /// Whether the file that a connection has open is no longer the one of that name: what is committed now, nobody would find.
    /// </summary>
    public static bool HasMoved(sqlite3 handle, string path)
    {
        var moved = 0;
        var result = FileControl(handle.DangerousGetHandle(), "main", HasMovedControl, ref moved);
        GC.KeepAlive(handle);
        return (result == 0 && moved != 0) || !File.Exists(path);
    }

    private static void Restrict(string file)
    {
        if (OperatingSystem.IsWindows() || (File.GetUnixFileMode(file) & ~OwnerOnly) == UnixFileMode.None)
            return;
        try
        {
            // Others lose what they had; the owner, who may have made it read only, does not gain.
            File.SetUnixFileMode(file, File.GetUnixFileMode(file) & OwnerOnly);
        }
        catch (UnauthorizedAccessException)
        {
            // Somebody else's file: its owner decides who may read it, and whether it can be written is found out by writing.
        }
        catch (IOException)
        {
            // On a file system that is mounted to be read only: the same.
        }
    }

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_file_control", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern int FileControl(nint database, string name, int operation, ref int result);
}
