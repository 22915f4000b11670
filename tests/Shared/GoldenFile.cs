using System.Runtime.CompilerServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace WhatsSound.Tests.Shared;

/// <summary>
/// Agreed texts, in files beside the tests: what leaves the program for a client, a database or an operator's dashboard. A change fails until the file
/// says so too, so that nobody makes one without seeing it.
/// </summary>
internal static class GoldenFile
{
    /// <summary>Set to <c>accept</c>, the files are written instead of compared.</summary>
    private const string Switch = "WHATSSOUND_GOLDEN";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Fails unless the file, relative to the folder of the calling test, has exactly this text.</summary>
    public static void Hold(string file, string actual, [CallerFilePath] string test = "")
    {
        var path = PathOf(file, test);
        var expected = File.Exists(path) ? File.ReadAllText(path) : null;
        if (string.Equals(expected, actual, StringComparison.Ordinal))
            return;
        if (string.Equals(Environment.GetEnvironmentVariable(Switch), "accept", StringComparison.Ordinal))
        {
            Write(path, actual);
            return;
        }

        var received = Path.Combine(AppContext.BaseDirectory, "received", file);
        Write(received, actual);
        Assert.Fail($"{Difference(file, expected, actual)}\nIf that is meant: cp {received} {path}, or run the test again with {Switch}=accept.");
    }

    /// <summary>The text of an agreed file.</summary>
    public static string Read(string file, [CallerFilePath] string test = "") => File.ReadAllText(PathOf(file, test));

    /// <summary>The names of the agreed files of a folder, without extension.</summary>
    public static IEnumerable<string> FilesIn(string folder, [CallerFilePath] string test = "") =>
        Directory.EnumerateFiles(PathOf(folder, test)).Select(Path.GetFileNameWithoutExtension).Order(StringComparer.Ordinal)!;

    /// <summary>JSON texts as one array that people can read and compare.</summary>
    public static string Together(params string[] values) => Indent($"[{string.Join(',', values)}]");

    /// <summary>The elements of an array, as texts.</summary>
    public static string[] Apart(string array) => [.. JsonNode.Parse(array)!.AsArray().Select(element => element!.ToJsonString())];

    private static string Indent(string json) => JsonNode.Parse(json)!.ToJsonString(Indented) + "\n";

    private static string PathOf(string file, string test) => Path.Combine(Path.GetDirectoryName(test)!, file);

    private static void Write(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, text);
    }

    private static string Difference(string file, string? expected, string actual)
    {
        if (expected is null)
            return $"There is no agreed {file}.";
        var (was, now) = (expected.Split('\n'), actual.Split('\n'));
        var line = 0;
        while (line < was.Length && line < now.Length && string.Equals(was[line], now[line], StringComparison.Ordinal))
            line++;
        return $"{file} differs in line {line + 1}:\n  agreed: {was.ElementAtOrDefault(line)}\n  now:    {now.ElementAtOrDefault(line)}";
    }
}
