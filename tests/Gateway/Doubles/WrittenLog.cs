using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using WhatsSound.Gateway.Hosting.Logs;

namespace WhatsSound.Tests.Gateway.Doubles;

/// <summary>Keeps what the program would write of what is logged: behind the gate, a line per event.</summary>
internal sealed class WrittenLog : ILoggerProvider
{
    private readonly TextLogFormatter _formatter;
    private readonly List<string> _lines = [];

    public WrittenLog(TimeProvider time)
    {
        var start = new StartLog();
        start.End();
        _formatter = new TextLogFormatter(new LogGate(start, new RepeatedFaults(time), time));
    }

    public IReadOnlyList<string> Lines => _lines;

    public ILogger CreateLogger(string categoryName) => new Category(this, categoryName);

    public void Dispose()
    {
    }

    private sealed class Category(WrittenLog log, string name) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel != LogLevel.None;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            using var written = new StringWriter();
            log._formatter.Write(new LogEntry<TState>(logLevel, name, eventId, state, exception, formatter), scopeProvider: null, written);
            if (written.ToString() is { Length: > 0 } line)
                log._lines.Add(line);
        }
    }
}
