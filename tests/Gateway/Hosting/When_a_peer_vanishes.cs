using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using WhatsSound.Gateway.Hosting;

namespace WhatsSound.Tests.Gateway.Hosting;

/// <summary>What was sent to somebody who is gone without a word is not tried for a quarter of an hour.</summary>
public sealed class When_a_peer_vanishes
{
    [Fact]
    public async Task Should_give_up_within_a_minute_what_is_not_acknowledged()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "TCP_USER_TIMEOUT is Linux's.");
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddVanishedPeers();
        await using var app = builder.Build();
        app.MapGet("/", static (HttpContext context) => UserTimeoutOf(context).ToString(CultureInfo.InvariantCulture));
        await app.StartAsync(TestContext.Current.CancellationToken);
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.Single()) };

        Assert.Equal("60000", await client.GetStringAsync("/", TestContext.Current.CancellationToken));
    }

    private static int UserTimeoutOf(HttpContext context)
    {
        var timeout = new byte[sizeof(int)];
        context.Features.Get<IConnectionSocketFeature>()!.Socket.GetRawSocketOption(VanishedPeers.Tcp, VanishedPeers.UserTimeout, timeout);
        return BitConverter.ToInt32(timeout);
    }
}
