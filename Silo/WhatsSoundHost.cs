using WhatsSound.Gateway;
using WhatsSound.Gateway.Http;
using WhatsSound.Grains.Storage;
using WhatsSound.Silo.Hosting;

namespace WhatsSound.Silo;

/// <summary>The whole program in one process: storage, silo, and the gateway unless it is switched off.</summary>
public static class WhatsSoundHost
{
    /// <summary>Puts the program together. A test passes its own configuration in <paramref name="args"/> and its own services in <paramref name="configure"/>.</summary>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddDefaults();
        builder.Services.AddWhatsSoundStorage(builder.Configuration);
        builder.AddSilo();
        // Off where gateways are processes of their own, before a cluster of silos.
        var hasGateway = builder.Configuration.GetValue("Gateway:Enabled", defaultValue: true);
        if (hasGateway)
            builder.Services.AddWhatsSoundGateway(builder.Configuration);
        configure?.Invoke(builder);

        var app = builder.Build();
        if (hasGateway)
            app.MapWhatsSoundGateway();
        else
            app.MapHealth();
        return app;
    }
}
