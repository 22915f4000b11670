namespace WhatsSound.Gateway.Hosting.Logs;

/// <summary>How the log is written; section <c>Log</c> of the configuration. What is logged is a matter of <c>Logging:LogLevel</c>.</summary>
internal sealed class LogSettings
{
    public const string Section = "Log";

    /// <summary>Text is for people, a line per event. Json is for programs, an object per line.</summary>
    public LogFormat Format { get; set; } = LogFormat.Text;

    /// <summary>The name of the formatter. Not the format's own: "json" is Microsoft's.</summary>
    internal static string FormatterOf(LogFormat format) => $"whatssound-{format}";
}

/// <summary>How a line of the log looks.</summary>
internal enum LogFormat
{
    /// <summary>Time, level, category, message, exceptions.</summary>
    Text,

    /// <summary>The same as an object.</summary>
    Json,
}
