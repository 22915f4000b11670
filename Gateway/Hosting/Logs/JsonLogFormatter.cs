using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Encodings.Web;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace WhatsSound.Gateway.Hosting.Logs;

/// <summary>
/// An object per line: <c>time</c>, <c>level</c>, <c>category</c>, <c>event</c>, its name, or its number where it has none, <c>message</c>; <c>values</c>, what the message was made of; where there is one,
/// <c>exception</c> and, of a bug, <c>stack</c>; and <c>leftOut</c>, how many like it were not written.
/// </summary>
internal sealed class JsonLogFormatter(LogGate gate) : ConsoleFormatter(LogSettings.FormatterOf(LogFormat.Json))
{
    private const string Template = "{OriginalFormat}";

    // A log is read by programs and people, never put into a page.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        if (!gate.TryPass(logEntry.LogLevel, logEntry.Category, logEntry.EventId, logEntry.Exception, out var leftOut))
            return;
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("time", gate.Now);
            json.WriteString("level", logEntry.LogLevel.ToString());
            json.WriteString("category", logEntry.Category);
            json.WriteString("event", logEntry.EventId.Name ?? logEntry.EventId.Id.ToString(CultureInfo.InvariantCulture));
            json.WriteString("message", LogText.Clean(logEntry.Formatter(logEntry.State, logEntry.Exception)));
            WriteValues(json, logEntry.State as IReadOnlyList<KeyValuePair<string, object?>>);
            if (logEntry.Exception is { } exception)
                WriteException(json, exception, logEntry.LogLevel);
            if (leftOut > 0)
                json.WriteNumber("leftOut", leftOut);
            json.WriteEndObject();
        }

        gate.Write(logEntry.LogLevel, Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length) + "\n", textWriter);
    }

    private static void WriteValues(Utf8JsonWriter json, IReadOnlyList<KeyValuePair<string, object?>>? values)
    {
        if (values is null || values.All(static value => value.Key == Template))
            return;
        json.WriteStartObject("values");
        foreach (var (name, value) in values.Where(static value => value.Key != Template).DistinctBy(static value => value.Key, StringComparer.Ordinal))
            json.WriteString(name, LogText.Clean(Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));
        json.WriteEndObject();
    }

    private static void WriteException(Utf8JsonWriter json, Exception exception, LogLevel level)
    {
        json.WriteString("exception", LogText.Causes(exception));
        if (level < LogLevel.Error || !LogText.IsBug(exception))
            return;
        json.WriteStartArray("stack");
        foreach (var frame in LogText.Frames(exception))
            json.WriteStringValue(frame);
        json.WriteEndArray();
    }
}
