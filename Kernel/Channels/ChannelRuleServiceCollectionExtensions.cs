using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSound.Settings;

namespace WhatsSound.Channels;

/// <summary>Registers the channel rules of a deployment.</summary>
public static class ChannelRuleServiceCollectionExtensions
{
    /// <summary>
    /// Adds <see cref="IRuleBook"/> from the section <c>Channels</c>, validated at start, and followed where a file changes. A silo and a gateway both call this, since each enforces a part
    /// of the rules; where they share a container, the first call counts. A book registered before takes the place of this one.
    /// </summary>
    public static IServiceCollection AddChannelRules(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.TryAddSingleton(new RuleSources(configuration));
        services.AddSettings<ChannelOptions, ChannelOptionsValidation>(configuration, ChannelOptions.Section);
        services.TryAddSingleton(static provider => new RuleBook(provider.GetRequiredService<IOptions<ChannelOptions>>().Value.Rules));
        services.TryAddSingleton<IRuleBook>(static provider => provider.GetRequiredService<RuleBook>());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHostedService, RuleReload>(provider => new RuleReload(
            provider.GetRequiredService<RuleBook>(), configuration, provider.GetRequiredService<IOptionsFactory<ChannelOptions>>(), provider.GetRequiredService<ILogger<RuleReload>>())));
        return services;
    }
}
