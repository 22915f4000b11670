using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.TestingHost;
using WhatsSound.Grains;
using WhatsSound.Grains.Storage;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Grains.Storage;

/// <summary>A silo over a real database, as a host has it.</summary>
internal sealed class DatabaseHost : IAsyncDisposable
{
    private readonly IHost host;

    private DatabaseHost(IHost host) => this.host = host;

    public IServiceProvider Services => host.Services;

    public IGrainFactory Grains => host.Services.GetRequiredService<IGrainFactory>();

    /// <summary>Grain storage and reminders are there; more is up to the test.</summary>
    public static async Task<DatabaseHost> StartAsync(Database database, Action<ISiloBuilder>? configure = null)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.UseOrleans(silo =>
        {
            silo.UseLocalhostClustering(FreePort.Of(), gatewayPort: 0);
            silo.Configure<ClusterOptions>(options =>
            {
                options.ClusterId = "test";
                options.ServiceId = "whatssound";
            });
            silo.AddAdoNetGrainStorage("grains", (OptionsBuilder<AdoNetGrainStorageOptions> options) => options.Configure(storage =>
            {
                storage.Invariant = database.Invariant;
                storage.DataSource = database.DataSource;
                storage.GrainStorageSerializer = new StateSerializer();
            }));
            silo.UseAdoNetReminderService((OptionsBuilder<AdoNetReminderTableOptions> options) => options.Configure(reminders =>
            {
                reminders.Invariant = database.Invariant;
                reminders.DataSource = database.DataSource;
            }));
            configure?.Invoke(silo);
        });
        var started = new DatabaseHost(builder.Build());
        await started.host.StartAsync();
        return started;
    }

    /// <summary>The product's grains, with the message log, the journal, the resting channels and the outbox in the database; more is up to the test.</summary>
    public static Task<DatabaseHost> StartGrainsAsync(TestDatabase test, TimeProvider time, Action<ISiloBuilder>? configure = null) => StartAsync(test.Database, silo =>
    {
        silo.Services.Replace(ServiceDescriptor.Singleton(time));
        silo.Services.UseTimeProviderForBackgroundAreas(TimeProvider.System);
        silo.Services.AddSingleton<IMessageLog>(_ => new SqlMessageLog(test.Database, test.Options));
        silo.Services.AddSingleton<IRoomJournal>(_ => new SqlRoomJournal(test.Database, test.Options));
        silo.Services.AddSingleton<IRestingChannels>(_ => new SqlRestingChannels(test.Database));
        silo.Services.AddSingleton<IOutbox>(_ => new SqlOutbox(test.Database, test.Options));
        silo.AddWhatsSoundGrains();
        configure?.Invoke(silo);
    });

    public async ValueTask DisposeAsync()
    {
        await host.StopAsync();
        host.Dispose();
    }
}
