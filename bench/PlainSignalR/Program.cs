using WhatsSound.Bench.PlainSignalR;

var builder = WebApplication.CreateBuilder(args);
builder.Services.AddSignalR();

var app = builder.Build();
app.MapHub<FanOutHub>("/hub");
await app.RunAsync();
