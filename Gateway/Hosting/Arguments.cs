using Microsoft.Extensions.Configuration.Json;
using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Gateway.Hosting;

/// <summary>Refuses what nobody reads: an argument or a section that is misspelt would otherwise be a setting that silently does not hold.</summary>
internal static class Arguments
{
    /// <summary>Sections of the frameworks, which check their own.</summary>
    private static readonly string[] Foreign = ["Logging", "Kestrel", "ConnectionStrings", "AllowedHosts", "Orleans"];

    /// <summary>What ASP.NET Core's host takes besides.</summary>
    private static readonly string[] OfHost = ["Urls", "Http_Ports", "Https_Ports", "Environment", "ContentRoot", "ApplicationName", "WebRoot"];

    /// <summary>What one value sets; the rest of the names are sections.</summary>
    private static readonly string[] Single = [.. OfHost, "AllowedHosts"];

    public static IReadOnlyList<SettingsSection> SectionsOf(IServiceCollection services) =>
        [.. services.Select(static service => service.ImplementationInstance).OfType<SettingsSection>().OrderBy(static section => section.Name, StringComparer.Ordinal)];

    /// <summary>Throws <see cref="OptionsValidationException"/> with all that is not known of the arguments and the files.</summary>
    public static void Check(string[] args, WebApplicationBuilder builder)
    {
        var names = SectionsOf(builder.Services).Select(static section => section.Name.Split(':')[0])
            .Concat(KnownSections.Names).Concat(Foreign).Concat(OfHost).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        var problems = OfArguments(args, names).Concat(OfFiles(builder.Configuration, names)).ToList();
        if (problems.Count > 0)
            throw new OptionsValidationException("arguments", typeof(WebApplicationOptions), problems);
    }

    private static IEnumerable<string> OfArguments(string[] args, List<string> names)
    {
        for (var index = 0; index < args.Length; index++)
        {
            var arg = args[index];
            if (!arg.StartsWith("--", StringComparison.Ordinal))
            {
                yield return $"'{arg}' is not an argument; settings are --Section:Name=value, and --help lists them.";
                continue;
            }

            var equals = arg.IndexOf('=', StringComparison.Ordinal);
            var key = equals < 0 ? arg[2..] : arg[2..equals];
            if (ProblemOf(key, names) is { } problem)
                yield return problem;
            else if (equals < 0 && index + 1 == args.Length)
                yield return $"--{key} has no value.";
            if (equals < 0)
                index++;
        }
    }

    private static string? ProblemOf(string key, List<string> names)
    {
        // OpenTelemetry's own, which are variables of the environment and may be given as any other setting.
        if (key.StartsWith("OTEL_", StringComparison.Ordinal))
            return null;
        var first = key.Split(':')[0];
        if (!names.Contains(first, StringComparer.OrdinalIgnoreCase))
            return $"--{key} is not a setting{NearestName.Hint(first, names, section: "")}";
        var isSingle = Single.Contains(first, StringComparer.OrdinalIgnoreCase);
        return isSingle == key.Contains(':', StringComparison.Ordinal) ? $"--{key} is not a setting; --help lists all that are." : null;
    }

    private static IEnumerable<string> OfFiles(IConfiguration configuration, List<string> names) =>
        from provider in ((IConfigurationRoot)configuration).Providers.OfType<JsonConfigurationProvider>()
        from name in provider.GetChildKeys([], parentPath: null).Distinct(StringComparer.OrdinalIgnoreCase)
        where !names.Contains(name, StringComparer.OrdinalIgnoreCase) && !name.StartsWith("OTEL_", StringComparison.Ordinal)
        select $"{name} in {provider.Source.Path} is not a section{NearestName.Hint(name, names, section: "")}";
}
