using Microsoft.Extensions.Options;
using Orleans.Configuration;
using WhatsSound.Grains;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Silo.Hosting;

/// <summary>The silo as the product needs it.</summary>
internal static class SiloWiring
{
    /// <summary>The name by which grains ask for their storage.</summary>
    private const string GrainStorage = "grains";

    public static void AddSilo(this WebApplicationBuilder builder)
    {
        var storage = builder.Configuration.GetSection(StorageOptions.Section).Get<StorageOptions>() ?? new StorageOptions();
        var cluster = builder.Configuration.GetSection(ClusterSettings.Section).Get<ClusterSettings>() ?? new ClusterSettings();
        // Now, not at start: the silo is put together with them.
        if (cluster.Problem() is { } problem)
            throw new OptionsValidationException(ClusterSettings.Section, typeof(ClusterSettings), [problem]);
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
            silo.AddAdoNetGrainStorage(GrainStorage, (OptionsBuilder<AdoNetGrainStorageOptions> options) => options.Configure<Database>(ConfigureStorage));
            silo.UseAdoNetReminderService((OptionsBuilder<AdoNetReminderTableOptions> options) => options.Configure<Database>(ConfigureReminders));
        });
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
    }

    private static void ConfigureReminders(AdoNetReminderTableOptions options, Database database)
    {
        options.Invariant = database.Invariant;
        options.DataSource = database.DataSource;
    }
}
