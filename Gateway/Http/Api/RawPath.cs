using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http.Features;

namespace WhatsSound.Gateway.Http.Api;

/// <summary>The segments of a path as they were sent: the framework leaves <c>%2F</c> as it is, and what is not UTF-8 too, and nobody could say any more which of the two a name had.</summary>
internal static class RawPath
{
    /// <summary>
    /// Whether the path as it was sent is one of the template: what is signed, logged and let through by proxies is then what is carried out. The framework routes by what is left of it without dot segments.
    /// </summary>
    /// <param name="http">The request.</param>
    /// <param name="template">By which it was routed.</param>
    public static bool IsOf(HttpRequest http, string template)
    {
        var segments = SegmentsOf(http);
        return segments.Length == template.Split('/').Length && !Array.Exists(segments, static segment => Decode(segment) is "." or "..");
    }

    /// <summary>The segment at the place at which the template has the field; false where it is not UTF-8.</summary>
    /// <param name="http">The request, whose path is one of the template: <see cref="IsOf"/>.</param>
    /// <param name="template">With the field in braces.</param>
    /// <param name="field">Its name.</param>
    /// <param name="text">What stands there.</param>
    public static bool TryRead(HttpRequest http, string template, string field, [NotNullWhen(true)] out string? text)
    {
        var at = Array.IndexOf(template.Split('/'), $"{{{field}}}");
        text = Decode(SegmentsOf(http)[at]);
        return text is not null;
    }

    private static string[] SegmentsOf(HttpRequest http)
    {
        var path = (http.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget ?? "").Split('?', 2)[0];
        // A form that begins with scheme and host, as proxies are asked.
        if (!path.StartsWith('/') && path.IndexOf("://", StringComparison.Ordinal) is >= 0 and var scheme)
            path = path.IndexOf('/', scheme + 3) is >= 0 and var root ? path[root..] : "/";
        return path.Split('/');
    }

    private static string? Decode(string segment)
    {
        if (!segment.Contains('%', StringComparison.Ordinal))
            return segment;
        var bytes = new List<byte>(segment.Length);
        for (var at = 0; at < segment.Length; at++)
        {
            if (segment[at] == '%' && at + 2 < segment.Length && byte.TryParse(segment.AsSpan(at + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var one))
            {
                bytes.Add(one);
                at += 2;
            }
            else
            {
                // A path comes in ASCII.
                bytes.Add((byte)segment[at]);
            }
        }

        var all = bytes.ToArray();
        return Utf8.IsValid(all) ? Encoding.UTF8.GetString(all) : null;
    }
}
