using System.Globalization;
using System.Net;
using System.Net.Sockets;
using WhatsSound.Queue;

namespace WhatsSound.Grains.Queue.Commands;

/// <summary>What a song's address may be. The server fetches none: what is checked is what listeners' players would be sent to. What a name resolves to in a listener's network nobody here can know.</summary>
internal static class SongAddress
{
    public const int LengthMax = Track.UrlLengthMax;

    private const string OwnPath = "/tracks/";

    /// <summary>Names that only private networks have, by RFC 6761, 6762 and 8375, and by use; and one that Windows reads as an address of version 6.</summary>
    private static readonly string[] PrivateNames =
        ["localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "home.arpa", "corp", "private", "svc", "cluster.local", "ipv6-literal.net"];

    /// <summary>What is not public of version 4: this network, private, shared, loopback, link-local, special, benchmarks, multicast, and what is kept for later.</summary>
    private static readonly IPNetwork[] Private4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/3",
        }.Select(IPNetwork.Parse),
    ];

    /// <summary>Of version 6 only this is public, less what carries an address of version 4, and documentation.</summary>
    private static readonly IPNetwork Public6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Special6 = [IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("2002::/16")];

    /// <summary>Null: listeners may be sent there. The refusal's field is <paramref name="field"/>.</summary>
    public static Refusal? Check(string? url, SongAddressOptions options, string field)
    {
        if (!IsWellFormed(url))
            return Refusals.WrongField(field, $"must be an absolute https address, or a path that starts with '/', of at most {LengthMax:N0} characters, without a user's name");
        if (url![0] == '/')
            return IsOwnSong(url, options) ? null : NotAllowed("path", "A path of this server must be one of its songs.");
        var address = new Uri(url);
        if (address.Scheme == Uri.UriSchemeHttp && !options.AllowsHttp)
            return NotAllowed("scheme", "The address must begin with 'https:'.");
        if (!options.AllowsPrivateHosts && IsPrivate(address, url))
            return NotAllowed("private", "The host must be one that everybody can reach: not an address or a name of a private network.");
        return options.Hosts.Count == 0 || options.Hosts.Any(pattern => Matches(address.IdnHost.TrimEnd('.'), pattern)) ? null : NotAllowed("host", "The host must be one of those that this server takes songs from.");
    }

    private static Refusal NotAllowed(string why, string message) => Refusals.Final(RefusalCode.AddressNotAllowed, message, why);

    private static bool IsWellFormed(string? url)
    {
        if (string.IsNullOrEmpty(url) || url.Length > LengthMax || url.Any(static character => char.IsControl(character) || char.IsWhiteSpace(character) || char.GetUnicodeCategory(character) is UnicodeCategory.Surrogate or UnicodeCategory.Format or UnicodeCategory.OtherNotAssigned || character is '\\' or '"' or '<' or '>' or '`' or '\uFFFD'))
            return false;
        if (url[0] == '/')
            return !url.StartsWith("//", StringComparison.Ordinal);
        return Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
            && address.UserInfo.Length == 0 && address.Host.Length > 0 && !HostName.AuthorityOf(url).Contains('@');
    }

    /// <summary>As a browser reads it: dots are gone, also written as escapes.</summary>
    private static bool IsOwnSong(string url, SongAddressOptions options)
    {
        if (!Uri.TryCreate($"https://own.invalid{url}", UriKind.Absolute, out var address))
            return false;
        var path = address.AbsolutePath.Replace("%2e", ".", StringComparison.OrdinalIgnoreCase);
        return !path.Contains("/../", StringComparison.Ordinal) && !path.EndsWith("/..", StringComparison.Ordinal)
            && (options.OwnPaths.Count == 0 ? [OwnPath] : options.OwnPaths).Any(begin => path.StartsWith(begin, StringComparison.Ordinal));
    }

    /// <summary>A name that a browser may read as another is taken for a private one: it could be any.</summary>
    private static bool IsPrivate(Uri address, string url)
    {
        if (HostName.IsDisguised(HostName.AuthorityOf(url)))
            return true;
        var host = address.IdnHost.TrimEnd('.');
        if (IPAddress.TryParse(host.Trim('[', ']'), out var ip))
            return !IsPublic(ip);
        return !host.Contains('.', StringComparison.Ordinal) || IsNumber(host.AsSpan(host.LastIndexOf('.') + 1))
            || PrivateNames.Any(name => host.EndsWith($".{name}", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>A name that ends in a number is an address of version 4 to a browser, or nothing.</summary>
    private static bool IsNumber(ReadOnlySpan<char> label)
    {
        var isHexadecimal = label.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        foreach (var character in isHexadecimal ? label[2..] : label)
        {
            if (!(isHexadecimal ? char.IsAsciiHexDigit(character) : char.IsAsciiDigit(character)))
                return false;
        }

        return true;
    }

    /// <summary>An address of version 4 within one of version 6 is judged as that; the other forms that carry one are not public.</summary>
    private static bool IsPublic(IPAddress ip)
    {
        if (ip.IsIPv4MappedToIPv6)
            ip = ip.MapToIPv4();
        if (ip.AddressFamily == AddressFamily.InterNetwork)
            return !Private4.Any(network => network.Contains(ip));
        return Public6.Contains(ip) && !Special6.Any(network => network.Contains(ip));
    }

    private static bool Matches(string host, string pattern) => pattern.StartsWith("*.", StringComparison.Ordinal)
        ? host.EndsWith(pattern[1..], StringComparison.OrdinalIgnoreCase)
        : host.Equals(pattern, StringComparison.OrdinalIgnoreCase);
}
