using WhatsSound.Gateway;
using WhatsSound.Gateway.Http;

// A gateway of its own, in front of a cluster of silos. In one process with a silo, Silo/Program.cs puts the same services into its host.
var builder = WebApplication.CreateBuilder(args);
if (!GatewayCluster.TryUseCluster(builder, out var problem))
{
    await Console.Error.WriteLineAsync(problem);
    return 2;
}

builder.AddWhatsSoundLogging();
builder.Services.AddStopTime();
builder.Services.AddWhatsSoundGateway(builder.Configuration);
var app = builder.Build();
app.MapWhatsSoundGateway();
await app.RunAsync();
return 0;
