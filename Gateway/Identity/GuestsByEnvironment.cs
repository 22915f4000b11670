using Microsoft.Extensions.Options;

namespace WhatsSound.Gateway.Identity;

/// <summary>Where nobody has said whether there are guests: in Development there are, elsewhere not.</summary>
internal sealed class GuestsByEnvironment(IHostEnvironment environment) : IPostConfigureOptions<IdentityOptions>
{
    public void PostConfigure(string? name, IdentityOptions options) => options.Guests.Enabled ??= environment.IsDevelopment();
}
