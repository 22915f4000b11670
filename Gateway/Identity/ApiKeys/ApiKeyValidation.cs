using System.Text;
using Microsoft.Extensions.Options;

namespace WhatsSound.Gateway.Identity.ApiKeys;

/// <summary>Whether each API key has a name of its own, a secret that nobody guesses and nobody else has, and says what it may. Shows no secret.</summary>
internal sealed class ApiKeyValidation : IValidateOptions<IdentityOptions>
{
    /// <summary>A deployment has a handful of servers.</summary>
    public const int KeysMax = 1_000;

    /// <summary>The one that is used, and the one before it or after it.</summary>
    public const int SecretsMax = 2;

    /// <summary>HMAC-SHA256 loses with a shorter one (RFC 2104, 3).</summary>
    public const int SecretBytesMin = 32;

    /// <summary>What fits into a header with room to spare.</summary>
    public const int SecretBytesMax = 1_024;

    public ValidateOptionsResult Validate(string? name, IdentityOptions options)
    {
        const string list = $"{IdentityOptions.Section}:{nameof(IdentityOptions.ApiKeys)}";
        List<string> problems = [.. options.ApiKeys.SelectMany((key, index) => ProblemsOf(key, $"{list}:{index}")), .. Doubles(options, list)];
        if (options.ApiKeys.Count > KeysMax)
            problems.Add($"{list} has {options.ApiKeys.Count}; it must be at most {KeysMax}.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static IEnumerable<string> ProblemsOf(ApiKeyOptions key, string path)
    {
        if (!ApiKeyName.IsValid(key.Name))
            yield return $"{path}:{nameof(key.Name)} must be 1 to {ApiKeyName.LengthMax} letters, digits, dots, hyphens and underscores.";
        if (key.Secrets.Count is < 1 or > SecretsMax)
            yield return $"{path}:{nameof(key.Secrets)} has {key.Secrets.Count}; it must be one, or {SecretsMax} while it is changed.";
        for (var index = 0; index < key.Secrets.Count; index++)
        {
            if (Encoding.UTF8.GetByteCount(key.Secrets[index]) is < SecretBytesMin or > SecretBytesMax)
                yield return $"{path}:{nameof(key.Secrets)}:{index} must have {SecretBytesMin} to {SecretBytesMax} bytes.";
        }

        foreach (var problem in ProblemsOf(key.Capabilities, $"{path}:{nameof(key.Capabilities)}"))
            yield return problem;
    }

    private static IEnumerable<string> ProblemsOf(IList<string> capabilities, string path)
    {
        if (capabilities.Count is < 1 or > CapabilitySet.PatternsMax)
            yield return $"{path} has {capabilities.Count}; it must be 1 to {CapabilitySet.PatternsMax}: a key may do what it says, and nothing else.";
        for (var index = 0; index < capabilities.Count; index++)
        {
            if (CapabilityText.TryRead(capabilities[index]) is null)
                yield return $"{path}:{index} is '{capabilities[index]}'; it must be {CapabilityText.Wanted}.";
        }

        if (capabilities.Select(CapabilityText.TryRead).GroupBy(static capability => capability?.Pattern, StringComparer.Ordinal).FirstOrDefault(static group => group.Key is not null && group.Count() > 1) is { } twice)
            yield return $"{path} has '{twice.Key}' twice; it must be there once, with all that is allowed.";
    }

    /// <summary>A secret of two would make what one signs the other's; that of tokens is known where tokens are made.</summary>
    private static IEnumerable<string> Doubles(IdentityOptions options, string list)
    {
        if (options.ApiKeys.GroupBy(static key => key.Name, StringComparer.Ordinal).FirstOrDefault(static group => group.Key.Length > 0 && group.Count() > 1) is { } twice)
            yield return $"{list} has two keys with the name '{twice.Key}'.";
        var secrets = options.ApiKeys.SelectMany(static key => key.Secrets).Append(options.SigningKey).OfType<string>().ToList();
        if (secrets.Distinct(StringComparer.Ordinal).Count() < secrets.Count)
            yield return $"{list} has a secret twice, or {IdentityOptions.Section}:{nameof(IdentityOptions.SigningKey)} as one: each key needs one of its own.";
    }
}
