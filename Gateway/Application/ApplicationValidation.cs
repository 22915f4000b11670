using Microsoft.Extensions.Options;
using WhatsSound.Channels;
using WhatsSound.Hooks;

namespace WhatsSound.Gateway.Application;

/// <summary>Whether the app's server can be asked, safely.</summary>
internal sealed class ApplicationValidation(IEnumerable<IHostEnvironment> environments) : IValidateOptions<ApplicationOptions>
{
    public const int PatternsMax = 64;

    private const string Section = ApplicationOptions.Section;

    public ValidateOptionsResult Validate(string? name, ApplicationOptions options)
    {
        var problems = ProblemsOf(options).ToList();
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> ProblemsOf(ApplicationOptions options)
    {
        if (string.IsNullOrEmpty(options.Url))
        {
            if (options.Calls.Count + options.Secrets.Count + options.Channels.Count > 0)
                yield return $"{Section}:{nameof(options.Url)} is not set, and other settings say what is asked there.";
            yield break;
        }

        if (!HookAddress.TryRead(options.Url, environments.Any(static one => one.IsDevelopment()), out _))
            yield return $"{Section}:{nameof(options.Url)} must be {HookAddress.Wanted}.";
        foreach (var problem in HookSecrets.ProblemsOf(options.Secrets, $"{Section}:{nameof(options.Secrets)}"))
            yield return problem;
        if (options.Calls.Count == 0 || !options.Calls.All(Enum.IsDefined))
            yield return $"{Section}:{nameof(options.Calls)} must have one or more of {string.Join(", ", Enum.GetNames<ApplicationCall>())}.";
        if (options.Channels.Count > PatternsMax)
            yield return $"{Section}:{nameof(options.Channels)} has {options.Channels.Count}; it must have at most {PatternsMax} patterns.";
        foreach (var pattern in options.Channels.Where(static pattern => !ChannelPattern.IsValid(pattern) || !ChannelPattern.HasWholeStars(pattern)))
            yield return $"{Section}:{nameof(options.Channels)}: '{pattern}' is not a pattern: it must be a channel name, in which a segment between colons may be '*'.";
    }
}
