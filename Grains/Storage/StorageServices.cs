using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using WhatsSound.Settings;

namespace WhatsSound.Grains.Storage;

/// <summary>Puts the database, the message log and the journal together.</summary>
public static class StorageServices
{
    /// <summary>Call it before the silo is added: the database is made ready before the silo starts.</summary>
    public static IServiceCollection AddWhatsSoundStorage(this IServiceCollection services, IConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        services.AddSettings<StorageOptions, StorageOptionsValidator>(configuration, StorageOptions.Section);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Database>();
        services.AddSingleton<DatabaseProbe>();
        services.AddSingleton<IMessageLog, SqlMessageLog>();
        services.AddSingleton<IRoomJournal, SqlRoomJournal>();
        services.AddSingleton<IRestingChannels, SqlRestingChannels>();
        services.AddSingleton<IOutbox, SqlOutbox>();
        services.AddHostedService<StorageStart>();
        services.AddHostedService<MessageLogSweeper>();
        return services;
    }
}
