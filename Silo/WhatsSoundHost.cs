using WhatsSound.Gateway;
using WhatsSound.Gateway.Hosting;
using WhatsSound.Gateway.Http;
using WhatsSound.Grains.Storage;
using WhatsSound.Settings;
using WhatsSound.Silo.Hosting;
using WhatsSound.Streams;

namespace WhatsSound.Silo;

/// <summary>The whole program in one process: storage, silo, and the gateway unless it is switched off.</summary>
public static class WhatsSoundHost
{
    /// <summary>The program, for its process.</summary>
    public static HostProgram Program { get; } = new(
        "The whole server in one process: grains, their database (a SQLite file unless told otherwise), and a gateway for clients.", Add, Map);

    /// <summary>Puts the program together. A test passes its own configuration in <paramref name="args"/> and its own services in <paramref name="configure"/>.</summary>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null) => Program.Create(args, configure);

    private static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddSettings<GatewaySettings>(builder.Configuration, GatewaySettings.Section);
        builder.Services.AddWhatsSoundStorage(builder.Configuration);
        builder.AddSilo();
        builder.Services.AddDatabaseHealth();
        if (HasGateway(builder.Configuration))
            AddGateway(builder);
        else
            builder.Services.AddHealth();
    }

    private static void Map(WebApplication app)
    {
        if (HasGateway(app.Configuration))
            app.MapWhatsSoundGateway();
        else
            app.MapHealth();
    }

    private static void AddGateway(WebApplicationBuilder builder)
    {
        builder.Services.AddWhatsSoundGateway(builder.Configuration);
        // The file is locked: whoever had it before is gone, with its gateway.
        if (builder.Configuration.ReadSettings<StorageOptions>(StorageOptions.Section).Provider == StorageProvider.Sqlite)
            builder.Services.AddSingleton(static services => new SoleGateway(services.GetRequiredService<GatewayIdentity>().Id));
    }

    private static bool HasGateway(IConfiguration configuration) =>
        configuration.ReadSettings<GatewaySettings>(GatewaySettings.Section).Enabled;
}
