using System.Diagnostics.Metrics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsSound.Gateway;
using WhatsSound.Tests.Gateway.Sockets;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Gateway.Hosting;

public sealed class When_metrics_are_asked_for
{
    [Fact]
    public void Should_tell_levels_to_a_listener_that_comes_late()
    {
        using var services = new ServiceCollection().AddMetrics().AddSingleton<GatewayMeters>().BuildServiceProvider();
        var meters = services.GetRequiredService<GatewayMeters>();
        meters.ConnectionOpened();
        meters.ConnectionOpened();
        meters.ConnectionClosed();
        meters.FeedOpened();

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Scope == services.GetRequiredService<IMeterFactory>())
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => seen[instrument.Name] = value);
        listener.Start();
        listener.RecordObservableInstruments();

        Assert.Equal((1, 1), (seen["whatssound.gateway.connections"], seen["whatssound.gateway.feeds"]));
    }

    [Fact]
    public async Task Should_serve_them_to_prometheus_on_a_port_of_their_own()
    {
        var port = FreePort.Of();
        await using var server = await RunningServer.StartAsync($"--Telemetry:PrometheusPort={port}");
        await using var client = await server.ConnectAsync("ada");
        await client.ResultAsync("Subscribe", new { channel = "news" });
        using var http = new HttpClient();

        var metrics = await http.GetStringAsync(new Uri($"http://localhost:{port}/metrics"), TestContext.Current.CancellationToken);
        using var outside = await http.GetAsync(new Uri(server.Address, "/metrics"), TestContext.Current.CancellationToken);

        Assert.Contains("whatssound_gateway_connections", metrics, StringComparison.Ordinal);
        Assert.Contains("orleans_", metrics, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, outside.StatusCode);
    }

    [Fact]
    public async Task Should_send_metrics_and_traces_where_the_standard_variable_says_and_no_log()
    {
        using var collector = new HttpListener();
        var endpoint = $"http://localhost:{FreePort.Of()}";
        collector.Prefixes.Add(endpoint + "/");
        collector.Start();
        var sent = new HashSet<string>(StringComparer.Ordinal);
        // With a log that is written: of one that is silent nothing could be sent.
        await using (var server = await RunningServer.StartAsync(
            $"--OTEL_EXPORTER_OTLP_ENDPOINT={endpoint}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "--OTEL_METRIC_EXPORT_INTERVAL=200",
            "--OTEL_BSP_SCHEDULE_DELAY=200", "--OTEL_BLRP_SCHEDULE_DELAY=200", "--Logging:LogLevel:Default=Information"))
        {
            await using var client = await server.ConnectAsync("ada");
            await client.ResultAsync("Subscribe", new { channel = "news" });
            while (!sent.IsSupersetOf(["/v1/metrics", "/v1/traces"]))
                sent.Add(await TakeExportAsync(collector));
            // A log would wait no longer than metrics do, so it has come by the time that they come again.
            string next;
            do
                sent.Add(next = await TakeExportAsync(collector));
            while (next != "/v1/metrics");
        }

        Assert.DoesNotContain("/v1/logs", sent);
    }

    [Fact]
    public async Task Should_say_once_that_the_collector_does_not_answer_until_it_has()
    {
        var endpoint = $"http://localhost:{FreePort.Of()}";
        await using var server = await RunningServer.StartAsync(
            $"--OTEL_EXPORTER_OTLP_ENDPOINT={endpoint}", "--OTEL_EXPORTER_OTLP_PROTOCOL=http/protobuf", "--OTEL_METRIC_EXPORT_INTERVAL=100");
        await Eventually.BecomesTrueAsync(() => Complaints(server) == 1).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);

        using (var collector = new HttpListener())
        {
            collector.Prefixes.Add(endpoint + "/");
            collector.Start();
            // Several times it was not there, and nothing more was said.
            await TakeExportAsync(collector);
            Assert.Equal(1, Complaints(server));
            await TakeExportAsync(collector);
        }

        await Eventually.BecomesTrueAsync(() => Complaints(server) == 2).WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    private static int Complaints(RunningServer server) =>
        server.Log.Lines.Count(static line => line.Level == LogLevel.Warning && line.Text.Contains("OTEL_EXPORTER_OTLP_ENDPOINT", StringComparison.Ordinal));

    /// <summary>Takes what is sent next, and answers where to.</summary>
    private static async Task<string> TakeExportAsync(HttpListener collector)
    {
        var export = await collector.GetContextAsync().WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        export.Response.Close();
        return export.Request.Url!.AbsolutePath;
    }
}
