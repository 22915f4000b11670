using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsSound.Gateway.Http;
using WhatsSound.Tests.Gateway.Doubles;

namespace WhatsSound.Tests.Gateway.Http;

public sealed class When_development_is_reachable
{
    [Theory]
    [InlineData("Development", "http://0.0.0.0:0", true)]
    [InlineData("Development", "http://127.0.0.1:0", false)]
    [InlineData("Production", "http://0.0.0.0:0", false)]
    public async Task Should_say_so_in_capitals(string environment, string address, bool isSaid)
    {
        using var log = new RecordingLog();
        var builder = WebApplication.CreateBuilder(["--environment", environment]);
        builder.WebHost.UseUrls(address);
        builder.Logging.ClearProviders().AddProvider(log);
        builder.Services.AddHostedService<DevelopmentWarning>();
        await using var app = builder.Build();

        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(isSaid, log.Lines.Any(line => line.Text.Contains("OTHER MACHINES CAN REACH IT", StringComparison.Ordinal)));
    }
}
