using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace WhatsSound.Settings;

/// <summary>Registers settings.</summary>
public static class SettingsServiceCollectionExtensions
{
    /// <summary>
    /// Binds a section to its record, checks it at start with the validator, and makes it known to the program's help. A setting that is not known, or whose
    /// value is of the wrong kind, is refused at once with <see cref="OptionsValidationException"/>. Where two parts of a process add the same record, the
    /// first counts: binding a list twice would double it.
    /// </summary>
    public static IServiceCollection AddSettings<TRecord, TValidator>(this IServiceCollection services, IConfiguration configuration, string section)
        where TRecord : class
        where TValidator : class, IValidateOptions<TRecord>
    {
        if (services.AddSettings<TRecord>(configuration, section).Any(static service => service.ImplementationType == typeof(TValidator)))
            return services;
        return services.AddSingleton<IValidateOptions<TRecord>, TValidator>();
    }

    /// <summary>The same for a record without bounds: of what kind its values are says everything.</summary>
    public static IServiceCollection AddSettings<TRecord>(this IServiceCollection services, IConfiguration configuration, string section)
        where TRecord : class
    {
        ArgumentNullException.ThrowIfNull(configuration);
        var known = new SettingsSection(section, typeof(TRecord));
        if (services.Any(service => known.Equals(service.ImplementationInstance)))
            return services;
        if (known.ProblemsIn(configuration).ToList() is { Count: > 0 } problems)
            throw new OptionsValidationException(section, typeof(TRecord), problems);
        services.AddSingleton(known);
        services.AddOptions<TRecord>().Bind(configuration.GetSection(section)).ValidateOnStart();
        return services;
    }

    /// <summary>
    /// The record of a section now, for what is put together by it before anything starts; throws <see cref="OptionsValidationException"/> where it is not
    /// within its bounds.
    /// </summary>
    public static TRecord ReadSettings<TRecord, TValidator>(this IConfiguration configuration, string section)
        where TRecord : class, new()
        where TValidator : IValidateOptions<TRecord>, new()
    {
        var record = configuration.ReadSettings<TRecord>(section);
        return new TValidator().Validate(name: null, record) is { Failed: true } invalid
            ? throw new OptionsValidationException(section, typeof(TRecord), invalid.Failures)
            : record;
    }

    /// <summary>The same, of which the bounds are checked at start.</summary>
    public static TRecord ReadSettings<TRecord>(this IConfiguration configuration, string section)
        where TRecord : class, new()
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return configuration.GetSection(section).Get<TRecord>() ?? new TRecord();
    }
}
