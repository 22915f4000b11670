using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using WhatsSound.Gateway.Http;

namespace WhatsSound.Tests.Gateway.Http;

public sealed class When_development_is_reachable
{
    [Theory]
    [InlineData("Development", "http://0.0.0.0:0", true)]
    [InlineData("Development", "http://127.0.0.1:0", false)]
    [InlineData("Production", "http://0.0.0.0:0", false)]
    public async Task Should_say_so_in_capitals(string environment, string address, bool isSaid)
    {
        using var lines = new Lines();
        var builder = WebApplication.CreateBuilder(["--environment", environment]);
        builder.WebHost.UseUrls(address);
        builder.Logging.ClearProviders().AddProvider(lines);
        builder.Services.AddHostedService<DevelopmentWarning>();
        await using var app = builder.Build();

        await app.StartAsync(TestContext.Current.CancellationToken);
        await app.StopAsync(TestContext.Current.CancellationToken);

        Assert.Equal(isSaid, lines.Written.Any(line => line.Contains("OTHER MACHINES CAN REACH IT", StringComparison.Ordinal)));
    }

    private sealed class Lines : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<string> Written { get; } = new();

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Written.Enqueue(formatter(state, exception));

        public void Dispose()
        {
        }
    }
}
