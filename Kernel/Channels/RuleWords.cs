using System.Text.Json;

namespace WhatsSound.Channels;

/// <summary>The words of enumerations in <see cref="RuleDocument"/>: their names, beginning with a small letter.</summary>
internal static class RuleWords
{
    public static string Of(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    /// <summary>The flags, without the one that is none.</summary>
    public static IEnumerable<T> AllOf<T>()
        where T : struct, Enum => Enum.GetValues<T>().Where(static word => Convert.ToInt64(word, System.Globalization.CultureInfo.InvariantCulture) != 0);

    /// <summary>Null: the value is none of the words.</summary>
    public static T? Read<T>(JsonElement value)
        where T : struct, Enum
    {
        if (value.ValueKind != JsonValueKind.String)
            return null;
        foreach (var word in Enum.GetValues<T>())
        {
            if (value.ValueEquals(Of(word.ToString())))
                return word;
        }

        return null;
    }

    /// <summary>Null: the value is no list of different words.</summary>
    public static T? ReadList<T>(JsonElement value)
        where T : struct, Enum
    {
        if (value.ValueKind != JsonValueKind.Array)
            return null;
        var words = 0L;
        foreach (var one in value.EnumerateArray())
        {
            if (Read<T>(one) is not { } word || Convert.ToInt64(word, System.Globalization.CultureInfo.InvariantCulture) is not (> 0 and var bit) || (words & bit) != 0)
                return null;
            words |= bit;
        }

        return (T)Enum.ToObject(typeof(T), words);
    }
}
