using System.Collections;
using System.ComponentModel;
using System.Reflection;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.Configuration;

namespace WhatsSound.Settings;

/// <summary>A section of the configuration and the record that it fills: what the program knows of its settings, for its checks and its help.</summary>
/// <param name="Name">As in the configuration, <c>Storage</c>.</param>
/// <param name="Record">The type of the record.</param>
public sealed record SettingsSection(string Name, Type Record)
{
    /// <summary>The properties that the configuration fills.</summary>
    public static IEnumerable<PropertyInfo> SettingsOf(Type record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return record.GetProperties(BindingFlags.Public | BindingFlags.Instance).Where(static property => property.SetMethod is { IsPublic: true } || ElementOf(property.PropertyType) is not null);
    }

    /// <summary>What the elements of a list are; null for what is no list.</summary>
    public static Type? ElementOf(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type != typeof(string) && typeof(IEnumerable).IsAssignableFrom(type) && type.IsGenericType ? type.GetGenericArguments()[^1] : null;
    }

    /// <summary>Whether one text is the whole value.</summary>
    public static bool IsOneValue(Type type) => TypeDescriptor.GetConverter(type).CanConvertFrom(typeof(string));

    /// <summary>What cannot be used of a configuration: settings that are not known, each with the nearest that is, and values of the wrong kind.</summary>
    public IEnumerable<string> ProblemsIn(IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return ProblemsIn(configuration.GetSection(Name), Record);
    }

    private static IEnumerable<string> ProblemsIn(IConfigurationSection section, Type record)
    {
        var settings = SettingsOf(record).ToList();
        foreach (var child in section.GetChildren())
        {
            var setting = settings.Find(one => one.Name.Equals(child.Key, StringComparison.OrdinalIgnoreCase));
            if (setting is null)
            {
                yield return $"{child.Path} is not a setting{NearestName.Hint(child.Key, settings.Select(one => one.Name), section.Path)}";
                continue;
            }

            foreach (var problem in ProblemsOf(child, setting.PropertyType))
                yield return problem;
        }
    }

    private static IEnumerable<string> ProblemsOf(IConfigurationSection given, Type type)
    {
        if (IsOneValue(type))
            return ProblemOf(given, Nullable.GetUnderlyingType(type) ?? type) is { } problem ? [problem] : [];
        if (ElementOf(type) is not null && given.Value is { Length: > 0 } text)
            return [$"{given.Path} is '{text}'; it is a list, of which each is set by itself: {given.Path}:0={text}."];
        return ElementOf(type) is { } element ? given.GetChildren().SelectMany(one => ProblemsOf(one, element)) : ProblemsIn(given, type).Concat(MissingOf(given, type));
    }

    /// <summary>What an element of a list cannot be without.</summary>
    private static IEnumerable<string> MissingOf(IConfigurationSection given, Type record) =>
        SettingsOf(record)
            .Where(setting => setting.IsDefined(typeof(RequiredMemberAttribute), inherit: false) && string.IsNullOrEmpty(given[setting.Name]))
            .Select(setting => $"{given.Path}:{setting.Name} is missing.");

    private static string? ProblemOf(IConfigurationSection given, Type type)
    {
        if (given.GetChildren().Any())
            return $"{given.Path} must be one value.";
        if (type == typeof(string) || given.Value is not { } text)
            return null;
        try
        {
            // Text of an enumeration that is a number would pass, and mean nothing.
            if (!type.IsEnum || WordsOf(type, text).All(word => Enum.GetNames(type).Contains(word, StringComparer.OrdinalIgnoreCase)))
            {
                TypeDescriptor.GetConverter(type).ConvertFromInvariantString(text);
                return null;
            }
        }
        catch (Exception exception) when (exception is FormatException or ArgumentException or NotSupportedException or OverflowException)
        {
            // Said below.
        }

        return $"{given.Path} is '{text}'; it must be {KindOf(type)}.";
    }

    /// <summary>Whether several values of the enumeration make one.</summary>
    public static bool IsSeveral(Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        return type.IsEnum && type.IsDefined(typeof(FlagsAttribute), inherit: false);
    }

    private static string[] WordsOf(Type type, string text) => IsSeveral(type) ? text.Split(',', StringSplitOptions.TrimEntries) : [text];

    private static string KindOf(Type type) => type switch
    {
        _ when IsSeveral(type) => $"some of {string.Join(", ", Enum.GetNames(type)).ToLowerInvariant()}, with commas between",
        { IsEnum: true } => string.Join(" or ", Enum.GetNames(type)).ToLowerInvariant(),
        _ when type == typeof(bool) => "true or false",
        _ when type == typeof(TimeSpan) => $"a time such as 00:00:30 ({TimeText.Format})",
        _ when type == typeof(int) || type == typeof(long) => "a whole number",
        _ when type == typeof(double) => "a number",
        _ => $"a {type.Name}",
    };
}
