using System.Data.Common;
using System.Net.Sockets;

namespace WhatsSound.Gateway.Hosting.Logs;

/// <summary>
/// Lets a warning or an error through once a second, and counts the others. What a broken dependency (a database, a network) causes is one fault, whoever
/// reports it and as what; anything else is told apart by where it is logged and thrown. Bounded: 256 faults at a time.
/// </summary>
internal sealed class RepeatedFaults(TimeProvider time)
{
    private const int FaultsMax = 256;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Fault> _faults = new(StringComparer.Ordinal);

    /// <summary>Whether to write; and how many like it were left out since the last that was written.</summary>
    public bool TryTake(string category, EventId eventId, Exception? exception, out int leftOut)
    {
        leftOut = 0;
        var key = KeyOf(category, eventId, exception);
        lock (_gate)
        {
            if (_faults.TryGetValue(key, out var fault) && time.GetElapsedTime(fault.WrittenAt) < Interval)
            {
                fault.LeftOut++;
                return false;
            }

            leftOut = fault?.LeftOut ?? 0;
            if (_faults.Count >= FaultsMax)
                _faults.Clear();
            _faults[key] = new Fault { WrittenAt = time.GetTimestamp() };
            return true;
        }
    }

    private static string KeyOf(string category, EventId eventId, Exception? exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            // The last by name: a gateway of its own has no storage, and does not know it.
            if (cause is DbException or StorageUnavailableException || cause.GetType().Name is "SqliteMovedException")
                return "database";
            if (cause is SocketException or SiloUnavailableException or Orleans.Runtime.Messaging.ConnectionFailedException)
                return "network";
        }

        var thrownBy = exception?.TargetSite;
        return $"{category} {eventId.Id} {exception?.GetType()} {thrownBy?.DeclaringType} {thrownBy?.Name}";
    }

    private sealed class Fault
    {
        public long WrittenAt { get; init; }

        public int LeftOut { get; set; }
    }
}
