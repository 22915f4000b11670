using System.Globalization;

namespace WhatsSound.Gateway.Hosting.Logs;

/// <summary>What is written of what is logged, whatever the format.</summary>
internal sealed class LogGate(StartLog start, RepeatedFaults faults, TimeProvider time)
{
    /// <summary>Its first look is at a clock that it has not set yet, so that nearly every start begins with "has not completed for" the uptime of the machine.</summary>
    private const string Watchdog = "Orleans.Runtime.Watchdog";

    /// <summary>The time of now, as each line begins.</summary>
    public string Now => time.GetUtcNow().UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);

    /// <summary>Whether the event is to be formatted; and how many like it were left out before.</summary>
    public bool TryPass(LogLevel level, string category, EventId eventId, Exception? exception, out int leftOut)
    {
        leftOut = 0;
        if (start.IsStarting && category == Watchdog)
            return false;
        return level < LogLevel.Warning || faults.TryTake(category, eventId, exception, out leftOut);
    }

    /// <summary>Writes the line now, or when the program has started.</summary>
    public void Write(LogLevel level, string line, TextWriter writer)
    {
        if (level < LogLevel.Warning || !start.TryHold(line))
            writer.Write(line);
    }
}
