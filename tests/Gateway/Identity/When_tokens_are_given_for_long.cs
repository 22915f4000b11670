using Microsoft.Extensions.Options;
using WhatsSound.Control;
using WhatsSound.Gateway.Http.Api.Requests;
using WhatsSound.Gateway.Identity;

namespace WhatsSound.Tests.Gateway.Identity;

/// <summary>No token that is given here may count longer than its revocation is kept.</summary>
public sealed class When_tokens_are_given_for_long
{
    [Theory]
    [InlineData(24, 24, null)]
    [InlineData(25, 24, "Api:TokenLifetimeMax is 1.01:00:00; it must be at most Control:TokenLifetimeMax, 1.00:00:00, or a token counts again after its revocation is over.")]
    [InlineData(24, 25, "Identity:Guests:TokenLifetime is 1.01:00:00; it must be at most Control:TokenLifetimeMax, 1.00:00:00, or a token counts again after its revocation is over.")]
    public void Should_not_start(int apiHours, int guestHours, string? problem)
    {
        var identity = new IdentityOptions { Guests = new GuestOptions { Enabled = true, TokenLifetime = TimeSpan.FromHours(guestHours) } };
        var check = new TokenLifetimeValidation(Options.Create(new ApiOptions { TokenLifetimeMax = TimeSpan.FromHours(apiHours) }), Options.Create(identity));

        var result = check.Validate(null, new ControlOptions { TokenLifetimeMax = TimeSpan.FromHours(24) });

        Assert.Equal(problem, result.Failures?.Single());
    }
}
