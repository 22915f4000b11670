using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace WhatsSound.Gateway.Hosting.Logs;

/// <summary>
/// <c>2026-01-31T12:00:00.000Z warn Category: message</c>, and of exceptions what they say. An error that is no fault of a dependency is a bug: its stack trace
/// follows, indented.
/// </summary>
internal sealed class TextLogFormatter(LogGate gate) : ConsoleFormatter(LogSettings.FormatterOf(LogFormat.Text))
{
    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if (!gate.TryPass(logEntry.LogLevel, logEntry.Category, logEntry.EventId, logEntry.Exception, out var leftOut))
            return;
        var line = new StringBuilder()
            .Append(gate.Now).Append(' ').Append(NameOf(logEntry.LogLevel)).Append(' ').Append(logEntry.Category).Append(": ")
            .Append(LogText.Clean(logEntry.Formatter(logEntry.State, logEntry.Exception)));
        if (logEntry.Exception is { } exception)
            line.Append(" — ").Append(LogText.Causes(exception));
        if (leftOut > 0)
            line.Append(" (and ").Append(leftOut).Append(" like it)");
        line.Append('\n');
        if (logEntry is { LogLevel: >= LogLevel.Error, Exception: { } bug } && LogText.IsBug(bug))
        {
            foreach (var frame in LogText.Frames(bug))
                line.Append("    ").Append(frame).Append('\n');
        }

        gate.Write(logEntry.LogLevel, line.ToString(), textWriter);
    }

    private static string NameOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trce",
        LogLevel.Debug => "dbug",
        LogLevel.Information => "info",
        LogLevel.Warning => "warn",
        LogLevel.Error => "fail",
        _ => "crit",
    };
}
