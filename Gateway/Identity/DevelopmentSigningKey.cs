using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace WhatsSound.Gateway.Identity;

/// <summary>In Development, makes a signing key where none is set, and keeps it in a file. Elsewhere a missing key stops the start.</summary>
internal sealed class DevelopmentSigningKey(IHostEnvironment environment) : IPostConfigureOptions<IdentityOptions>
{
    public void PostConfigure(string? name, IdentityOptions options)
    {
        if (!environment.IsDevelopment() || !string.IsNullOrEmpty(options.SigningKey))
            return;
        var file = Path.Combine(environment.ContentRootPath, options.DevelopmentKeyFile);
        options.SigningKey = Read(file) ?? Create(file);
    }

    private static string? Read(string file)
    {
        var key = File.Exists(file) ? File.ReadAllText(file).Trim() : "";
        return key.Length >= IdentityOptions.SigningKeyBytesMin ? key : null;
    }

    private static string Create(string file)
    {
        var key = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdentityOptions.SigningKeyBytesMin));
        CreateFolder(Path.GetDirectoryName(file)!);
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(file, options);
        writer.Write(key);
        return key;
    }

    // The database may come into the same folder: only the owner looks in.
    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else if (!Directory.Exists(folder))
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }
}
