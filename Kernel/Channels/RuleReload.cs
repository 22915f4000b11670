using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using WhatsSound.Settings;

namespace WhatsSound.Channels;

/// <summary>
/// Takes the rules anew where a file of the configuration has changed. What cannot be used is refused as a whole, with all that is wrong with it in the log, and the rules of before hold. Not by IOptionsMonitor: that checks
/// as well, but throws into whoever has found the change, and who listens to it hears of what is good alone.
/// </summary>
internal sealed partial class RuleReload(RuleBook book, IConfiguration configuration, IOptionsFactory<ChannelOptions> options, ILogger<RuleReload> logger) : IHostedService, IDisposable
{
    private static readonly SettingsSection Section = new(ChannelOptions.Section, typeof(ChannelOptions));

    private IDisposable? _listening;

    /// <summary>What was wrong when it was looked at last: one change may be told several times.</summary>
    private string? _problems;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listening = ChangeToken.OnChange(configuration.GetReloadToken, Reload);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose() => _listening?.Dispose();

    /// <summary>Does not throw: it is called by whoever watches the files.</summary>
    internal void Reload()
    {
        try
        {
            if (Section.ProblemsIn(configuration).ToList() is { Count: > 0 } problems)
                throw new OptionsValidationException(ChannelOptions.Section, typeof(ChannelOptions), problems);
            var version = book.Rules.Version;
            book.Configure(options.Create(Options.DefaultName).Rules);
            _problems = null;
            if (book.Rules.Version != version)
                RulesTaken(book.Configured.Count);
        }
        catch (OptionsValidationException invalid)
        {
            var problems = string.Join(Environment.NewLine, invalid.Failures);
            if (problems != _problems)
                RulesRefused(problems);
            _problems = problems;
        }
        catch (Exception exception)
        {
            RulesUnread(exception);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The channel rules of the configuration have changed, and hold from now on: {Count}.")]
    private partial void RulesTaken(int count);

    [LoggerMessage(Level = LogLevel.Error, Message = "The channel rules of the configuration have changed and cannot be used; none of them is taken, and those of before hold. {Problems}")]
    private partial void RulesRefused(string problems);

    [LoggerMessage(Level = LogLevel.Error, Message = "The channel rules of the configuration have changed and could not be read; those of before hold.")]
    private partial void RulesUnread(Exception exception);
}
