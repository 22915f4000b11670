using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Channels;

/// <summary>Registers the channel rules of a deployment.</summary>
public static class ChannelRuleServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="ChannelRules"/> from the section <c>Channels</c>, validated at start. A silo and a gateway both call this, since each enforces a part
    /// of the rules; where they share a container, the first call counts. Rules registered before take the place of these.
    /// </summary>
    public static IServiceCollection AddChannelRules(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddSettings<ChannelOptions, ChannelOptionsValidation>(configuration, ChannelOptions.Section);
        services.TryAddSingleton(static provider => new ChannelRules(provider.GetRequiredService<IOptions<ChannelOptions>>().Value.Rules));
        return services;
    }
}
