using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Identity.Sources;

namespace WhatsSound.Gateway.Identity;

/// <summary>Whether each token source can be asked, and says whose tokens it means.</summary>
internal sealed class TokenSourceValidation(IHostEnvironment environment) : IValidateOptions<IdentityOptions>
{
    /// <summary>Each costs a fetch every few minutes, and a look for a token without an issuer.</summary>
    public const int SourcesMax = 16;

    public ValidateOptionsResult Validate(string? name, IdentityOptions options)
    {
        const string list = $"{IdentityOptions.Section}:{nameof(IdentityOptions.Sources)}";
        List<string> problems = [.. options.Sources.SelectMany((source, index) => ProblemsOf(source, $"{list}:{index}"))];
        if (options.Sources.Count > SourcesMax)
            problems.Add($"{list} has {options.Sources.Count}; it must be at most {SourcesMax}.");
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private IEnumerable<string> ProblemsOf(TokenSourceOptions source, string path)
    {
        var (authority, keysUrl) = ($"{path}:{nameof(source.Authority)}", $"{path}:{nameof(source.KeysUrl)}");
        if (string.IsNullOrEmpty(source.Authority) == string.IsNullOrEmpty(source.KeysUrl))
            yield return $"{authority} and {keysUrl}: one of both must be set.";
        else if (source.Authority is { Length: > 0 } issuer && !(KeyAddress.TryRead(issuer, environment.IsDevelopment(), out var at) && at.Query.Length + at.Fragment.Length == 0))
            yield return $"{authority} is '{issuer}'; it must be {KeyAddress.Wanted}.";
        else if (source.KeysUrl is { Length: > 0 } keys && !KeyAddress.TryRead(keys, environment.IsDevelopment(), out _))
            yield return $"{keysUrl} must be {KeyAddress.Wanted}.";
        if (source.Audiences.Count == 0 && !source.AnyAudience)
            yield return $"{path}:{nameof(source.Audiences)} is not set: tokens that others than this app were given would count. {path}:{nameof(source.AnyAudience)}=true takes them.";
    }
}
