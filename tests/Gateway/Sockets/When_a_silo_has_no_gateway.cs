using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;
using WhatsSound.Silo;

namespace WhatsSound.Tests.Gateway.Sockets;

public sealed class When_a_silo_has_no_gateway
{
    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Should_say_whether_it_is_ready_and_stop_in_time()
    {
        var folder = Directory.CreateTempSubdirectory("whatssound-");
        await using (var app = Create("--Storage:ConnectionString", $"Data Source={Path.Combine(folder.FullName, "test.db")}"))
        {
            await app.StartAsync(Cancelled);
            var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
            using var http = new HttpClient { BaseAddress = new Uri(address) };

            Assert.Equal("live", await http.GetStringAsync("/health/live", Cancelled));
            Assert.Equal("ready", await http.GetStringAsync("/health/ready", Cancelled));
            using var hub = await http.GetAsync("/hub", Cancelled);
            Assert.Equal(HttpStatusCode.NotFound, hub.StatusCode);
            Assert.True(app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout <= TimeSpan.FromSeconds(20));
            await app.StopAsync(Cancelled);
        }

        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("--Cluster:AdvertisedAddress", "here")]
    [InlineData("--Cluster:SiloPort", "70000")]
    [InlineData("--Cluster:ClusterId", "")]
    public void Should_say_which_setting_of_the_cluster_is_wrong(string setting, string value)
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Create(setting, value));

        Assert.Contains(setting[2..], refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Should_say_which_setting_of_the_storage_is_wrong()
    {
        var refused = Assert.Throws<OptionsValidationException>(() => Create("--Storage:AppendQueueMax", "0"));

        Assert.Contains("Storage:AppendQueueMax", refused.Message, StringComparison.Ordinal);
    }

    private static WebApplication Create(params string[] settings) =>
        WhatsSoundHost.Create(["--urls", "http://127.0.0.1:0", "--Gateway:Enabled", "false", "--Logging:LogLevel:Default", "Warning", .. settings]);
}
