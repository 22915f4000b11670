using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.Hosting;
using Orleans.Storage;
using WhatsSound.Control;
using WhatsSound.Gateway.Hosting.Cluster;
using WhatsSound.Gateway.Hosting.Start;
using WhatsSound.Grains;
using WhatsSound.Grains.Storage;
using WhatsSound.Playback;
using WhatsSound.Settings;

namespace WhatsSound.Silo.Hosting;

/// <summary>The silo as the product needs it.</summary>
internal static class SiloWiring
{
    /// <summary>The name by which grains ask for their storage.</summary>
    private const string GrainStorage = "grains";

    /// <summary>The storage behind it; part of no key.</summary>
    private const string DatabaseStorage = "grains-database";

    public static void AddSilo(this WebApplicationBuilder builder)
    {
        builder.Services.AddSettings<SiloSettings, SiloSettingsValidator>(builder.Configuration, ClusterSettings.Section);
        var storage = builder.Configuration.ReadSettings<StorageOptions>(StorageOptions.Section);
        var cluster = builder.Configuration.ReadSettings<SiloSettings, SiloSettingsValidator>(ClusterSettings.Section);
        builder.Services.AddSingleton(new HostStatement($"storage {storage.Provider.ToString().ToLowerInvariant()}"));
        if (storage.Provider == StorageProvider.Postgresql && cluster.IsOpenToOthers)
            builder.Services.AddSingleton(new HostStatement("silo ports without TLS, by Cluster:AllowInsecure"));
        builder.UseOrleans(silo =>
        {
            silo.AddWhatsSoundGrains();
            SiloClustering.Configure(silo, storage, cluster);
            silo.Configure<ClusterOptions>(options =>
            {
                options.ClusterId = cluster.ClusterId;
                options.ServiceId = cluster.ServiceId;
            });
            silo.Configure<SiloMessagingOptions>(ConfigureMessaging);
            // A room that nobody has used for five minutes costs one read when somebody returns, and no memory until then.
            silo.Configure<GrainCollectionOptions>(options => options.CollectionAge = TimeSpan.FromMinutes(5));
            silo.AddAdoNetGrainStorage(DatabaseStorage, (OptionsBuilder<AdoNetGrainStorageOptions> options) => options.Configure<Database>(ConfigureStorage));
            silo.Services.AddGrainStorage(GrainStorage, static (services, _) =>
                new GuardedGrainStorage(services.GetRequiredKeyedService<IGrainStorage>(DatabaseStorage), services.GetRequiredService<Database>()));
            silo.UseAdoNetReminderService((OptionsBuilder<AdoNetReminderTableOptions> options) => options.Configure<Database>(ConfigureReminders));
        });
        builder.Services.AddClusterClock();
        builder.Services.AddControlFollower();
    }

    private static void ConfigureMessaging(SiloMessagingOptions options)
    {
        // Whoever has waited that long has given up or is a user who will try again.
        options.ResponseTimeout = TimeSpan.FromSeconds(10);
        // Everybody of the largest room coming back at once must fit; at a fraction of a millisecond each they are served within the timeout. Beyond
        // that a request is refused at once rather than after the timeout.
        options.MaxEnqueuedRequestsHardLimit = 10_000;
    }

    private static void ConfigureStorage(AdoNetGrainStorageOptions options, Database database)
    {
        options.Invariant = database.Invariant;
        options.DataSource = database.DataSource;
        options.GrainStorageSerializer = new StateSerializer();
        // What is cleared is gone: a row that says so would stay for good.
        options.DeleteStateOnClear = true;
    }

    private static void ConfigureReminders(AdoNetReminderTableOptions options, Database database)
    {
        options.Invariant = database.Invariant;
        options.DataSource = database.DataSource;
    }
}
