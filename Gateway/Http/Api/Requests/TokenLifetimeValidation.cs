using Microsoft.Extensions.Options;
using WhatsSound.Control;
using WhatsSound.Gateway.Identity;

namespace WhatsSound.Gateway.Http.Api.Requests;

/// <summary>Whether a revocation is kept for as long as the tokens count that this server gives. Of other issuers' tokens it knows nothing before they come. Checked at start.</summary>
internal sealed class TokenLifetimeValidation(IOptions<ApiOptions> api, IOptions<IdentityOptions> identity) : IValidateOptions<ControlOptions>
{
    private const string Kept = $"{ControlOptions.Section}:{nameof(ControlOptions.TokenLifetimeMax)}";

    public ValidateOptionsResult Validate(string? name, ControlOptions options)
    {
        try
        {
            List<string> problems = [.. Given().Where(one => one.Lifetime > options.TokenLifetimeMax)
                .Select(one => $"{one.Setting} is {one.Lifetime}; it must be at most {Kept}, {options.TokenLifetimeMax}, or a token counts again after its revocation is over.")];
            return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
        }
        catch (OptionsValidationException)
        {
            // What is wrong with those is said by their own check.
            return ValidateOptionsResult.Skip;
        }
    }

    private IEnumerable<(string Setting, TimeSpan Lifetime)> Given()
    {
        yield return ($"{ApiOptions.Section}:{nameof(ApiOptions.TokenLifetimeMax)}", api.Value.TokenLifetimeMax);
        if (identity.Value.Guests.Enabled is true)
            yield return ($"{IdentityOptions.Section}:{nameof(IdentityOptions.Guests)}:{nameof(GuestOptions.TokenLifetime)}", identity.Value.Guests.TokenLifetime);
    }
}
