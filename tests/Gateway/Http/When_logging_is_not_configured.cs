using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;
using WhatsSound.Gateway.Hosting.Logs;

namespace WhatsSound.Tests.Gateway.Http;

public sealed class When_logging_is_not_configured
{
    private const string Requests = "Microsoft.AspNetCore.Hosting.Diagnostics";

    [Fact]
    public async Task Should_not_log_the_addresses_of_requests()
    {
        var logger = await LoggerOfAsync(Requests);

        Assert.False(logger.IsEnabled(LogLevel.Information));
        Assert.True(logger.IsEnabled(LogLevel.Warning));
    }

    [Fact]
    public async Task Should_log_what_operators_need_to_know() =>
        Assert.True((await LoggerOfAsync("WhatsSound.Gateway.Sessions.Drain")).IsEnabled(LogLevel.Information));

    [Fact]
    public async Task Should_give_way_to_what_is_configured() =>
        Assert.True((await LoggerOfAsync(Requests, "--Logging:LogLevel:Microsoft", "Debug")).IsEnabled(LogLevel.Debug));

    [Theory]
    [InlineData("Polly")]
    [InlineData("Orleans.Runtime.Silo")]
    [InlineData("Npgsql.Command")]
    public async Task Should_not_log_what_libraries_do(string category)
    {
        var logger = await LoggerOfAsync(category);

        Assert.False(logger.IsEnabled(LogLevel.Information));
        Assert.True(logger.IsEnabled(LogLevel.Warning));
    }

    [Theory]
    [InlineData("text", typeof(TextLogFormatter))]
    [InlineData("json", typeof(JsonLogFormatter))]
    public async Task Should_be_written_by_the_formatter_that_is_asked_for(string format, Type formatter)
    {
        var builder = WebApplication.CreateBuilder(["--Log:Format", format]);
        builder.AddWhatsSoundLogging();
        await using var app = builder.Build();

        var name = app.Services.GetRequiredService<IOptions<ConsoleLoggerOptions>>().Value.FormatterName;
        var named = app.Services.GetServices<ConsoleFormatter>().Where(one => string.Equals(one.Name, name, StringComparison.OrdinalIgnoreCase));

        Assert.IsType(formatter, Assert.Single(named));
    }

    private static async Task<ILogger> LoggerOfAsync(string category, params string[] args)
    {
        var builder = WebApplication.CreateBuilder(args);
        builder.AddWhatsSoundLogging();
        await using var app = builder.Build();
        return app.Services.GetRequiredService<ILoggerFactory>().CreateLogger(category);
    }
}
