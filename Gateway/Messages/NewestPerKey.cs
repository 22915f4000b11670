using System.Collections.Immutable;
using WhatsSound.Publications;

namespace WhatsSound.Gateway.Messages;

/// <summary>Conflation: of publications in offset order, the newest of each key, in offset order.</summary>
internal static class NewestPerKey
{
    public static ImmutableArray<Publication> Of(ImmutableArray<Publication> publications)
    {
        if (publications.Length < 2)
            return publications;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var isKeylessSeen = false;
        var newestFirst = new List<Publication>(publications.Length);
        for (var i = publications.Length - 1; i >= 0; i--)
        {
            var publication = publications[i];
            if (publication.Key is { } key ? seen.Add(key) : !isKeylessSeen)
                newestFirst.Add(publication);
            isKeylessSeen |= publication.Key is null;
        }

        newestFirst.Reverse();
        return [.. newestFirst];
    }
}
