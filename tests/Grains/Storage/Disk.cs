using System.Collections.Concurrent;
using System.Runtime.InteropServices;

namespace WhatsSound.Tests.Grains.Storage;

/// <summary>
/// A folder for SQLite files, of which is known what a power cut leaves: each file as it was at its last flush. SQLite reaches it as a VFS
/// (https://sqlite.org/vfs.html), which is the system's own but for two things: files are remembered as they are opened, and read after they are flushed.
/// </summary>
internal sealed class Disk : IDisposable
{
    private const string Vfs = "watched";

    // The layout of sqlite3_vfs and sqlite3_io_methods, on 64 bits.
    private const int VfsLength = 168;
    private const int VfsNextAt = 16;
    private const int VfsNameAt = 24;
    private const int VfsOpenAt = 40;
    private const int MethodsLength = 152;
    private const int ReadAt = 16;
    private const int SyncAt = 40;
    private const int FileSizeAt = 48;

    // Everything that SQLite keeps a pointer to lives as long as the process.
    private static readonly ConcurrentDictionary<nint, nint> Watched = new();
    private static readonly ConcurrentDictionary<nint, string> OpenFiles = new();
    private static readonly ConcurrentDictionary<string, byte[]> Flushed = new(StringComparer.Ordinal);
    private static readonly SyncFile WatchedSync = Sync;
    private static readonly OpenFile WatchedOpen = Open;
    private static readonly nint Native = FindVfs(null);
    private static readonly OpenFile NativeOpen = Method<OpenFile>(Native, VfsOpenAt);
    private static nint _nativeMethods;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("whatssound-");

    static Disk()
    {
        var watched = Copy(Native, VfsLength);
        Marshal.WriteIntPtr(watched, VfsNextAt, 0);
        Marshal.WriteIntPtr(watched, VfsNameAt, Marshal.StringToCoTaskMemUTF8(Vfs));
        Marshal.WriteIntPtr(watched, VfsOpenAt, Marshal.GetFunctionPointerForDelegate(WatchedOpen));
        Assert.Equal(0, RegisterVfs(watched, makeDefault: 0));
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int OpenFile(nint vfs, nint name, nint file, int flags, nint outFlags);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int SyncFile(nint file, int flags);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int SizeFile(nint file, out long size);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int ReadFile(nint file, byte[] buffer, int count, long offset);

    /// <summary>Where a SQLite file of that name is on this disk, for a connection string.</summary>
    public string ConnectionStringOf(string file) => $"Data Source={Path.Combine(_folder.FullName, file)};Vfs={Vfs}";

    /// <summary>Another disk, with what this one has kept if its power is cut now.</summary>
    public Disk AfterPowerCut()
    {
        var after = new Disk();
        foreach (var (path, content) in Flushed.Where(file => Path.GetDirectoryName(file.Key) == _folder.FullName && File.Exists(file.Key)))
            File.WriteAllBytes(Path.Combine(after._folder.FullName, Path.GetFileName(path)), content);
        return after;
    }

    public void Dispose()
    {
        foreach (var path in Flushed.Keys.Where(path => Path.GetDirectoryName(path) == _folder.FullName))
            Flushed.TryRemove(path, out _);
        _folder.Delete(recursive: true);
    }

    private static int Open(nint vfs, nint name, nint file, int flags, nint outFlags)
    {
        var result = NativeOpen(Native, name, file, flags, outFlags);
        if (result != 0 || name == 0)
            return result;
        OpenFiles[file] = Marshal.PtrToStringUTF8(name)!;

        // Of all files: the system's VFS has one set of methods where files are locked in the usual way.
        _nativeMethods = Marshal.ReadIntPtr(file);
        Marshal.WriteIntPtr(file, Watched.GetOrAdd(_nativeMethods, static methods =>
        {
            var copy = Copy(methods, MethodsLength);
            Marshal.WriteIntPtr(copy, SyncAt, Marshal.GetFunctionPointerForDelegate(WatchedSync));
            return copy;
        }));
        return result;
    }

    private static int Sync(nint file, int flags)
    {
        var result = Method<SyncFile>(_nativeMethods, SyncAt)(file, flags);
        if (result != 0 || Method<SizeFile>(_nativeMethods, FileSizeAt)(file, out var size) != 0)
            return result;
        var content = new byte[size];
        if (Method<ReadFile>(_nativeMethods, ReadAt)(file, content, content.Length, 0) == 0)
            Flushed[OpenFiles[file]] = content;
        return result;
    }

    private static nint Copy(nint from, int length)
    {
        var bytes = new byte[length];
        Marshal.Copy(from, bytes, 0, length);
        var copy = Marshal.AllocHGlobal(length);
        Marshal.Copy(bytes, 0, copy, length);
        return copy;
    }

    private static T Method<T>(nint table, int at)
        where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(Marshal.ReadIntPtr(table, at));

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find", CharSet = CharSet.Ansi, BestFitMapping = false, ThrowOnUnmappableChar = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern nint FindVfs(string? name);

    [DllImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.AssemblyDirectory | DllImportSearchPath.SafeDirectories)]
    private static extern int RegisterVfs(nint vfs, int makeDefault);
}
