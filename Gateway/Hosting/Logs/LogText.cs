using System.Data.Common;
using System.Net.Sockets;
using System.Text;
using System.Text.RegularExpressions;

namespace WhatsSound.Gateway.Hosting.Logs;

/// <summary>Text of others as it may stand in a log: one line, bounded, without secrets.</summary>
internal static partial class LogText
{
    /// <summary>A message, and each exception's. Longer ones are lists that nobody reads in a log.</summary>
    public const int CharsMax = 1_500;

    /// <summary>The frames of a stack trace that tell where; below them is the framework.</summary>
    private const int FramesMax = 12;

    private const int ExceptionsMax = 4;

    /// <summary>On one line, bounded, tokens and passwords taken out.</summary>
    public static string Clean(string text)
    {
        var length = text.Length;
        if (length > CharsMax)
            text = $"{text[..CharsMax]}… ({length} characters)";
        if (text.AsSpan().IndexOfAny('\r', '\n') >= 0)
            text = string.Join(' ', text.Split(['\r', '\n'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return Secret().Replace(text, static secret => secret.Groups["name"].Value + "***");
    }

    /// <summary>Each exception of the chain in a few words, outermost first: <c>TimeoutException: too slow; caused by ...</c>.</summary>
    public static string Causes(Exception exception)
    {
        var text = new StringBuilder();
        var depth = 0;
        for (var cause = exception; cause is not null && depth < ExceptionsMax; cause = cause.InnerException, depth++)
            text.Append(depth == 0 ? "" : "; caused by ").Append(cause.GetType().Name).Append(": ").Append(Clean(cause.Message));
        return text.ToString();
    }

    /// <summary>Whether nothing outside of the program explains it.</summary>
    public static bool IsBug(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (IsOfDependency(cause))
                return false;
        }

        return true;
    }

    /// <summary>Whether a database, a network, a disk or another process is the cause.</summary>
    public static bool IsOfDependency(Exception cause) =>
        cause is DbException or SocketException or IOException or TimeoutException or OrleansException;

    /// <summary>The innermost frames, one a line.</summary>
    public static IEnumerable<string> Frames(Exception exception) =>
        (exception.StackTrace ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(FramesMax);

    [GeneratedRegex(
        """(?<name>\b(access_token|token|password|pwd|signingkey)["']?\s*[=:]\s*["']?)[^\s&;"',]+|eyJ[\w-]{5,}\.[\w-]{5,}\.[\w-]*""",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Secret();
}
