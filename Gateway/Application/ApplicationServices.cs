using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Gateway.Application;

/// <summary>Adds what an app decides itself. A host registers its handler as <see cref="IApplication"/>, before or after.</summary>
internal static class ApplicationServices
{
    public static void AddApplication(this IServiceCollection services, IConfiguration configuration)
    {
        services.AddSettings<ApplicationOptions, ApplicationOptionsValidator>(configuration, ApplicationOptions.Section);
        services.AddSingleton<IValidateOptions<ApplicationOptions>, ApplicationValidation>();
        services.AddSingleton<HttpApplication>();
        services.AddSingleton(static provider => new ApplicationGates(provider.GetRequiredService<IOptions<ApplicationOptions>>().Value, provider.GetRequiredService<TimeProvider>()));
        services.AddSingleton<ApplicationDesk>();
        services.AddSingleton<TokenAdmission>();
    }
}
