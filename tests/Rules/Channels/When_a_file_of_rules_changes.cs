using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using WhatsSound.Channels;

namespace WhatsSound.Tests.Rules.Channels;

public sealed class When_a_file_of_rules_changes : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("whatssound-rules-");
    private readonly IConfigurationRoot _configuration;
    private readonly Lines _log = new();

    public When_a_file_of_rules_changes()
    {
        Write("""[{ "Pattern": "news:*", "HistoryCountMax": 3 }]""");
        _configuration = new ConfigurationBuilder()
            .SetBasePath(_folder.FullName)
            .AddJsonFile("rules.json", optional: false, reloadOnChange: false)
            .AddInMemoryCollection([KeyValuePair.Create<string, string?>("Other:Setting", "1")])
            .Build();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Should_have_the_rules_of_now()
    {
        await using var services = await StartAsync();
        var (book, changes) = (services.GetRequiredService<IRuleBook>(), 0);
        book.Changed += (_, _) => changes++;

        Change("""[{ "Pattern": "news:*", "HistoryCountMax": 4 }, { "Pattern": "score:*", "ConflateInterval": "00:00:01" }]""");

        Assert.Equal((4, TimeSpan.FromSeconds(1), 1), (book.For("news:1").HistoryCountMax, book.For("score:1").ConflateInterval, changes));
        Change("[]");
        Assert.Equal((512, "*", true), (book.For("news:1").HistoryCountMax, book.For("score:1").Pattern, book.For("room:jazz").Presence));
    }

    [Fact]
    public async Task Should_not_call_another_setting_a_change_of_the_rules()
    {
        await using var services = await StartAsync();
        var book = services.GetRequiredService<IRuleBook>();
        var before = book.Rules;

        _configuration["Other:Setting"] = "2";
        _configuration.Reload();

        Assert.Same(before, book.Rules);
    }

    [Theory]
    [InlineData("""[{ "Pattern": "score:*" }, { "Pattern": "news:*", "HistoryCountMax": 0 }]""", "Channels:Rules 'news:*' in rules.json: HistoryCountMax is 0")]
    [InlineData("""[{ "Pattern": "score:*" }, { "Pattern": "room:*:chat", "PersistAll": "1.00:00:00" }]""", "Channels:Rules 'room:*:chat' in rules.json: ClientPublish is true")]
    [InlineData("""[{ "Pattern": "score:*" }, { "Pattern": "score:*" }]""", "Channels:Rules 'score:*' in rules.json: 2 rules")]
    [InlineData("""[{ "Pattern": "score:*" }, { "Pattern": "news:*", "History": 5 }]""", "Channels:Rules:1:History is not a setting")]
    [InlineData("""[{ "Pattern": "score:*" }, { "Pattern": "news:*", "HistoryCountMax": "many" }]""", "Channels:Rules:1:HistoryCountMax is 'many'")]
    public async Task Should_take_none_of_them_where_one_is_wrong_and_say_which(string rules, string said)
    {
        await using var services = await StartAsync();
        var book = services.GetRequiredService<IRuleBook>();
        var before = book.Rules;

        Change(rules);

        Assert.Same(before, book.Rules);
        Assert.Contains(said, Assert.Single(_log.Errors), StringComparison.Ordinal);
        Change("""[{ "Pattern": "news:*", "HistoryCountMax": 5 }]""");
        Assert.Equal(5, book.For("news:1").HistoryCountMax);
    }

    [Fact]
    public void Should_name_rule_and_file_at_the_start()
    {
        Write("""[{ "Pattern": "news:*", "HistoryAge": "02:00:00" }]""");
        _configuration.Reload();
        using var services = Services();

        var refused = Assert.Throws<OptionsValidationException>(services.GetRequiredService<IRuleBook>);

        Assert.StartsWith("Channels:Rules 'news:*' in rules.json: HistoryAge is 02:00:00", Assert.Single(refused.Failures), StringComparison.Ordinal);
    }

    private ServiceProvider Services() => new ServiceCollection().AddLogging(logging => logging.AddProvider(_log)).AddChannelRules(_configuration).BuildServiceProvider();

    private async Task<ServiceProvider> StartAsync()
    {
        var services = Services();
        await Assert.Single(services.GetServices<IHostedService>()).StartAsync(TestContext.Current.CancellationToken);
        return services;
    }

    private void Change(string rules)
    {
        Write(rules);
        _configuration.Reload();
    }

    private void Write(string rules) => File.WriteAllText(Path.Combine(_folder.FullName, "rules.json"), $$"""{ "Channels": { "Rules": {{rules}} } }""");

    /// <summary>What was logged as an error.</summary>
    private sealed class Lines : ILoggerProvider, ILogger
    {
        public List<string> Errors { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (IsEnabled(logLevel))
                Errors.Add(formatter(state, exception));
        }

        public void Dispose()
        {
            // It has nothing.
        }
    }
}
