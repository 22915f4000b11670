namespace WhatsSound.Settings;

/// <summary>Which known name somebody who wrote another one may have meant.</summary>
public static class NearestName
{
    /// <summary>The known name that takes the fewest changes, if they are few for its length; otherwise null.</summary>
    public static string? Of(string written, IEnumerable<string> known)
    {
        ArgumentNullException.ThrowIfNull(written);
        var nearest = known
            .Select(name => (Name: name, Changes: Changes(written.ToUpperInvariant(), name.ToUpperInvariant())))
            .OrderBy(static one => one.Changes)
            .FirstOrDefault();
        return nearest.Name is not null && nearest.Changes <= Math.Max(1, Math.Min(written.Length, nearest.Name.Length) / 3) ? nearest.Name : null;
    }

    /// <summary>The end of a sentence: the nearest name, or where to find them all.</summary>
    public static string Hint(string written, IEnumerable<string> known, string section) =>
        Of(written, known) is { } nearest ? $"; did you mean {(section.Length == 0 ? "" : section + ":")}{nearest}?" : "; --help lists all that are.";

    /// <summary>How many letters must be added, dropped, exchanged or swapped with their neighbour (optimal string alignment).</summary>
    private static int Changes(string from, string to)
    {
        var changes = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    changes[i, j] = i + j;
                    continue;
                }

                var exchanged = changes[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                changes[i, j] = Math.Min(exchanged, Math.Min(changes[i - 1, j], changes[i, j - 1]) + 1);
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                    changes[i, j] = Math.Min(changes[i, j], changes[i - 2, j - 2] + 1);
            }
        }

        return changes[from.Length, to.Length];
    }
}
