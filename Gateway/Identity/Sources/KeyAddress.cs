using System.Diagnostics.CodeAnalysis;

namespace WhatsSound.Gateway.Identity.Sources;

/// <summary>From where keys may be fetched. Whoever changes them on their way can sign for anybody, so it takes TLS, but to this machine itself, and in Development.</summary>
internal static class KeyAddress
{
    public const string Wanted = "an address with https, such as https://login.example; http is for this machine itself, and for Development";

    public static bool TryRead(string text, bool isDevelopment, [NotNullWhen(true)] out Uri? address) =>
        Uri.TryCreate(text, UriKind.Absolute, out address) && IsAllowed(address, isDevelopment);

    /// <summary>Whether one address may send on to another: never from TLS to none.</summary>
    public static bool MayLeadTo(Uri from, Uri to, bool isDevelopment) => IsAllowed(to, isDevelopment) && (to.Scheme == Uri.UriSchemeHttps || from.Scheme == Uri.UriSchemeHttp);

    /// <summary>As it may stand in a log: what comes behind the path may be a secret.</summary>
    public static string ShownOf(Uri address) => address.GetLeftPart(UriPartial.Path);

    private static bool IsAllowed(Uri address, bool isDevelopment) =>
        address.UserInfo.Length == 0
        && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && (isDevelopment || address.IsLoopback)));
}
