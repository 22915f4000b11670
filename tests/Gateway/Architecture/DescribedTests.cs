using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;

namespace WhatsSound.Tests.Gateway.Architecture;

/// <summary>Pages that say which test shows what, and the sources of those tests: a method of a class as <c>Class.Method</c>, a title in a file for Node as <c>file.test.mjs: title</c>.</summary>
internal static partial class DescribedTests
{
    /// <summary>What the cell of tests begins with where there is none.</summary>
    public const string None = "No test";

    private static readonly string Root = Path.GetFullPath(Path.Combine(FolderOfThis(), "../../.."));

    private static readonly Lazy<ILookup<string, string>> Sources = new(() => SourcesIn("tests", "clients", "web").ToLookup(file => Path.GetFileName(file)!, File.ReadAllText));

    /// <summary>The lines of a page.</summary>
    public static string[] ReadPage(string path) => File.ReadAllLines(Path.Combine(Root, path));

    /// <summary>The sources in some folders.</summary>
    public static IEnumerable<string> SourcesIn(params string[] folders) =>
        folders.SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.*", SearchOption.AllDirectories))
            .Where(file => Path.GetExtension(file) is ".cs" or ".mjs" or ".ts" && !file.Contains("node_modules", StringComparison.Ordinal));

    /// <summary>The cells of the rows of all tables under a heading, without their heads.</summary>
    public static IEnumerable<string[]> RowsOf(string[] page, string heading) =>
        page.SkipWhile(line => line != heading).SkipWhile(line => !line.StartsWith("|---", StringComparison.Ordinal)).Skip(1).TakeWhile(line => !line.StartsWith("## ", StringComparison.Ordinal))
            .Where(line => line.StartsWith('|') && !line.StartsWith("| #", StringComparison.Ordinal) && !line.StartsWith("|---", StringComparison.Ordinal))
            .Select(line => line.Split('|')[1..^1].Select(cell => cell.Trim()).ToArray());

    /// <summary>The tests that a cell names.</summary>
    public static IEnumerable<string> NamedIn(string cell) => Code().Matches(cell).Select(match => match.Groups[1].Value);

    /// <summary>Whether a test is there.</summary>
    public static bool Exists(string test) => FilesOf(test).Any();

    /// <summary>Whether a test is there and speaks of something, by itself or by what it shares with others of its file that are no tests.</summary>
    public static bool SpeaksOf(string test, Regex what) => FilesOf(test).SelectMany(file => PartsFor(test, file)).Any(what.IsMatch);

    /// <summary>The sources of the files that have a test: names of classes, and of files, are not unique.</summary>
    private static IEnumerable<string> FilesOf(string test)
    {
        var (file, declaration) = PlaceOf(test);
        return Sources.Value[file].Where(source => declaration.IsMatch(source));
    }

    private static IEnumerable<string> PartsFor(string test, string source) => Members().Split(source).Where(member => !IsTest().IsMatch(member) || PlaceOf(test).Declaration.IsMatch(member));

    private static (string File, Regex Declaration) PlaceOf(string test)
    {
        if (test.IndexOf(": ", StringComparison.Ordinal) is var colon and > 0)
            return (test[..colon], new Regex(Regex.Escape(test[(colon + 2)..])));
        var dot = test.IndexOf('.', StringComparison.Ordinal);
        return ($"{test[..dot]}.cs", new Regex($@"\b(void|Task) {Regex.Escape(test[(dot + 1)..])}\("));
    }

    private static string FolderOfThis([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;

    [GeneratedRegex("`([^`]+)`")]
    private static partial Regex Code();

    /// <summary>Between two members of a class.</summary>
    [GeneratedRegex(@"\n\n(?=    \S)")]
    private static partial Regex Members();

    [GeneratedRegex(@"\[(Fact|Theory)\b")]
    private static partial Regex IsTest();
}
