using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Hooks;

namespace WhatsSound.Grains.Hooks;

/// <summary>Whether each receiver of webhooks can be told anything, safely.</summary>
internal sealed class HookEndpointValidation(IEnumerable<IHostEnvironment> environments) : IValidateOptions<HookOptions>
{
    /// <summary>Each costs a row for each event.</summary>
    public const int EndpointsMax = 16;

    public const int NameCharsMax = 32;

    /// <summary>Each is compared with the name of each channel that begins.</summary>
    public const int PatternsMax = 64;

    public ValidateOptionsResult Validate(string? name, HookOptions options)
    {
        const string list = $"{HookOptions.Section}:{nameof(HookOptions.Endpoints)}";
        List<string> problems = [.. options.Endpoints.SelectMany((endpoint, index) => ProblemsOf(endpoint, $"{list}:{index}"))];
        if (options.Endpoints.Count > EndpointsMax)
            problems.Add($"{list} has {options.Endpoints.Count}; it must be at most {EndpointsMax}.");
        problems.AddRange(options.Endpoints.GroupBy(static endpoint => endpoint.Name, StringComparer.Ordinal).Where(static same => same.Count() > 1)
            .Select(static same => $"{list}: {same.Count()} have the name '{same.Key}'; there must be one."));
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> ProblemsOf(HookEndpoint endpoint, string path)
    {
        if (endpoint.Name.Length is < 1 or > NameCharsMax || !endpoint.Name.All(static one => one is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-'))
            yield return $"{path}:{nameof(endpoint.Name)} is '{endpoint.Name}'; it must be 1 to {NameCharsMax} lower-case letters, digits and hyphens.";
        if (!HookAddress.TryRead(endpoint.Url, environments.Any(static one => one.IsDevelopment()), out _))
            yield return $"{path}:{nameof(endpoint.Url)} must be {HookAddress.Wanted}.";
        foreach (var problem in HookSecrets.ProblemsOf(endpoint.Secrets, $"{path}:{nameof(endpoint.Secrets)}"))
            yield return problem;
        if (endpoint.Events.Count == 0 || !endpoint.Events.All(Enum.IsDefined))
            yield return $"{path}:{nameof(endpoint.Events)} must have one or more of {string.Join(", ", Enum.GetNames<HookKind>())}.";
        if (endpoint.Channels.Count is < 1 or > PatternsMax)
            yield return $"{path}:{nameof(endpoint.Channels)} has {endpoint.Channels.Count}; it must have 1 to {PatternsMax} patterns, such as 'chat:*'.";
        foreach (var pattern in endpoint.Channels.Where(static pattern => !ChannelPattern.IsValid(pattern) || !ChannelPattern.HasWholeStars(pattern)))
            yield return $"{path}:{nameof(endpoint.Channels)}: '{pattern}' is not a pattern: it must be a channel name, in which a segment between colons may be '*'.";
    }
}
