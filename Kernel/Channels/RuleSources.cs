using Microsoft.Extensions.Configuration;

namespace WhatsSound.Channels;

/// <summary>Where the rules of a configuration are written, in an operator's words.</summary>
internal sealed class RuleSources(IConfiguration configuration)
{
    private const string Path = ChannelOptions.Section + ":" + nameof(ChannelOptions.Rules);

    /// <summary>The files, or other sources, that have a part of a rule with this pattern, joined; null: it is written nowhere, as those of the product.</summary>
    public string? Of(string pattern)
    {
        if (configuration is not IConfigurationRoot root)
            return null;
        var places = configuration.GetSection(Path).GetChildren().Where(rule => rule[nameof(ChannelRule.Pattern)] == pattern).Select(static rule => rule.Path).ToList();
        var words = root.Providers
            .Where(provider => places.Exists(place => provider.GetChildKeys([], place).Any()))
            .Select(WordsOf).Distinct(StringComparer.Ordinal).ToList();
        return words.Count == 0 ? null : string.Join(" and ", words);
    }

    /// <summary>A file by its name, as it says it of itself: "JsonConfigurationProvider for 'appsettings.json' (Optional)".</summary>
    internal static string WordsOf(IConfigurationProvider provider)
    {
        var said = provider.ToString() ?? "";
        if (said.Split('\'') is [_, { Length: > 0 } file, _])
            return file;
        return provider.GetType().Name switch
        {
            "EnvironmentVariablesConfigurationProvider" => "the environment",
            "CommandLineConfigurationProvider" => "the command line",
            "ChainedConfigurationProvider" => "the host",
            var name => name,
        };
    }
}
