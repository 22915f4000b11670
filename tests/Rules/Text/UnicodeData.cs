using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;

namespace WhatsSound.Tests.Rules.Text;

/// <summary>The Unicode Character Database, as perl brings it along.</summary>
internal static class UnicodeData
{
    private const string Program = "use Unicode::UCD 'prop_invlist'; print join(' ', prop_invlist('Default_Ignorable_Code_Point'));";

    /// <summary>Every character that is drawn as nothing where it is not understood; null: there is no such data here.</summary>
    public static IReadOnlyList<int>? DefaultIgnorable()
    {
        try
        {
            using var perl = Process.Start(new ProcessStartInfo("perl", ["-e", Program]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true })!;
            var bounds = perl.StandardOutput.ReadToEnd().Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(static bound => int.Parse(bound, CultureInfo.InvariantCulture)).ToList();
            perl.WaitForExit();
            return perl.ExitCode == 0 ? [.. bounds.Chunk(2).SelectMany(static range => Enumerable.Range(range[0], range[1] - range[0]))] : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
