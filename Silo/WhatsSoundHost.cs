using WhatsSound.Grains.Storage;
using WhatsSound.Silo.Hosting;

namespace WhatsSound.Silo;

/// <summary>The whole program in one process: storage, silo, and the gateway unless it is switched off.</summary>
public static class WhatsSoundHost
{
    /// <summary>Puts the program together. A test passes its own configuration in <paramref name="args"/> and its own services in <paramref name="configure"/>.</summary>
    public static WebApplication Create(string[] args, Action<WebApplicationBuilder>? configure = null)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.AddDefaults();
        builder.Services.AddWhatsSoundStorage(builder.Configuration);
        builder.AddSilo();
        configure?.Invoke(builder);

        var app = builder.Build();
        return app;
    }
}
