using System.Diagnostics.CodeAnalysis;

namespace WhatsSound.Hooks;

/// <summary>Where this server may be told to send what it signs: with TLS, but to this machine itself, and in Development. Addresses come from the configuration alone, never from a client.</summary>
public static class HookAddress
{
    /// <summary>What is wanted, for a message to an operator.</summary>
    public const string Wanted = "an address with https, such as https://app.example/hooks; http is for this machine itself, and for Development";

    /// <summary>Reads an address. False: it is none, or has a user's name in it, or no TLS where there must be.</summary>
    public static bool TryRead(string? text, bool isDevelopment, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address)
        && address.UserInfo.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && (isDevelopment || address.IsLoopback)));
}
