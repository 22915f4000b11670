using System.Collections;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Reflection;
using System.Text;
using WhatsSound.Settings;

namespace WhatsSound.Gateway.Hosting;

/// <summary>The help of a program, made from the records that its settings fill: it lists what is read, with the defaults and bounds that hold.</summary>
internal static class HelpText
{
    private const int Width = 110;
    private const string Indent = "      ";

    public static string Of(string program, string summary, IReadOnlyList<SettingsSection> sections)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"""
            {program} [--Section:Name=value ...]
            {program} {TokenCommand.Verb} --{TokenArguments.UserOption}=ada

            {summary}

              --help, -h     this text
              --version      the version
              {TokenCommand.Verb}          prints a token for a user, signed with Identity:SigningKey, and starts nothing; {TokenCommand.Verb} --help says more

            A setting comes from the command line (--Storage:Provider=postgresql), from the environment (Storage__Provider=postgresql), or
            from appsettings.json in the directory of the start. An unknown setting of a known section is
            refused. Lists are written one by one: Name:0, Name:1. A time is written {TimeText.Format}: 00:00:30 is half a
            minute, 12:00:00 half a day, 1.00:00:00 a day; 24:00:00 would be 24 days, and 5 would be 5 days.

              --Urls={HostDefaults.Urls}
                    Where to listen; several addresses with ; between them. http://0.0.0.0:5080 is every address of the machine.
              --Environment=Production
                    Development makes a signing key by itself and gives a token to whoever asks: never on a public address.
              --Logging:LogLevel:Default=Information
                    The least level that is logged; also for a category, which wins: --Logging:LogLevel:Orleans=Debug.
              --AllowedHosts=music.example;localhost
                    The names by which browsers may ask, besides addresses that health probes use: name those as well. Any, outside of Development.

            """);
        foreach (var section in sections)
            AppendSection(text, section);
        return text.ToString().TrimEnd();
    }

    private static void AppendSection(StringBuilder text, SettingsSection section)
    {
        text.AppendLine().Append(section.Name).Append(": ").AppendLine(Wrap(Descriptions.Of(section.Record), indent: "", used: section.Name.Length + 2));
        AppendSettings(text, section.Name, section.Record, Activator.CreateInstance(section.Record));
    }

    private static void AppendSettings(StringBuilder text, string path, Type record, object? defaults)
    {
        foreach (var setting in SettingsSection.SettingsOf(record))
        {
            var name = $"{path}:{setting.Name}";
            if (SettingsSection.IsOneValue(setting.PropertyType))
                AppendSetting(text, name, setting, defaults is null ? null : setting.GetValue(defaults));
            else if (SettingsSection.ElementOf(setting.PropertyType) is { } one && SettingsSection.IsOneValue(one))
                AppendSetting(text, $"{name}:0", setting, value: null);
            else if (SettingsSection.ElementOf(setting.PropertyType) is { } element)
                AppendSettings(text, $"{name}:0", element, defaults: null);
            else
                AppendSettings(text, name, setting.PropertyType, defaults is null ? null : setting.GetValue(defaults));
        }
    }

    private static void AppendSetting(StringBuilder text, string name, PropertyInfo setting, object? value)
    {
        text.Append("  --").Append(name);
        if (Shown(value) is { Length: > 0 } shown)
            text.Append('=').Append(shown);
        text.AppendLine();
        var bounds = setting.GetCustomAttributes<ValidationAttribute>().OfType<BoundAttribute>().FirstOrDefault()?.Bounds ?? Choices(setting.PropertyType);
        var isTime = (Nullable.GetUnderlyingType(setting.PropertyType) ?? setting.PropertyType) == typeof(TimeSpan);
        var must = (bounds, isTime) switch
        {
            (null, false) => "",
            (null, true) => $"A time: {TimeText.Format}.",
            (_, true) => $"Must be {bounds}, as {TimeText.Format}.",
            _ => $"Must be {bounds}.",
        };
        var description = string.Join(' ', new[] { Descriptions.Of(setting), must }.Where(static part => part.Length > 0));
        if (description.Length > 0)
            text.Append(Indent).AppendLine(Wrap(description, Indent, used: Indent.Length));
    }

    private static string? Choices(Type type) => type.IsEnum ? string.Join(SettingsSection.IsSeveral(type) ? ", " : " or ", Enum.GetNames(type)) : null;

    private static string? Shown(object? value) => value is IEnumerable and not string ? null : Convert.ToString(value, CultureInfo.InvariantCulture);

    private static string Wrap(string words, string indent, int used)
    {
        var text = new StringBuilder();
        foreach (var word in words.Split(' '))
        {
            if (used + word.Length > Width)
            {
                text.AppendLine().Append(indent);
                used = indent.Length;
            }
            else if (text.Length > 0)
            {
                text.Append(' ');
                used++;
            }

            text.Append(word);
            used += word.Length;
        }

        return text.ToString();
    }
}
