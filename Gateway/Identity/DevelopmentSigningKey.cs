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
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, key);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return key;
    }
}
