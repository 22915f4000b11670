using System.Globalization;

namespace WhatsSound.Tests.Simulation.Sync;

/// <summary>What was seen of rooms on links of one kind.</summary>
internal sealed class SyncFigures
{
    private int _listeners;
    private int _looks;
    private int _behind;
    private int _heard;
    private int _late;
    private double _probesPerMinute;
    private double _updatesPerSecond;
    private int _rooms;

    /// <summary>Between any two listeners of a room.</summary>
    public Skews Pairs { get; } = new();

    /// <summary>Between a listener and the room's own position.</summary>
    public Skews Off { get; } = new();

    /// <summary>10 s after a listener's clock was stepped.</summary>
    public Skews AfterStep { get; } = new();

    public double ProbesPerMinute => _probesPerMinute / _listeners;

    public double UpdatesPerSecond => _updatesPerSecond / _rooms;

    /// <summary>The share of scheduled starts and seeks that came to a listener after their time.</summary>
    public double Late => (double)_late / _heard;

    /// <summary>The share of looks at somebody who had not heard of the room's last change.</summary>
    public double Behind => (double)_behind / _looks;

    public void Look((double IdealMs, IReadOnlyList<double> PositionsMs, int Behind) look)
    {
        Pairs.AddPairs(look.PositionsMs);
        foreach (var positionMs in look.PositionsMs)
            Off.Add(Math.Abs(positionMs - look.IdealMs));
        _looks += look.PositionsMs.Count + look.Behind;
        _behind += look.Behind;
    }

    public void Add(SyncRoom room, double ms)
    {
        _rooms++;
        _updatesPerSecond += room.Updates / ms * 1_000;
        foreach (var listener in room.Listeners)
        {
            _heard += listener.Heard.All;
            _late += listener.Heard.Late;
            if (room.Reconnected.Contains(listener))
                continue;
            _listeners++;
            _probesPerMinute += listener.Probes / ms * 60_000;
        }
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{_rooms} rooms, {_looks} looks: pairs p50 {Pairs.Percentile(0.5):F2} ms, p99 {Pairs.Percentile(0.99):F2} ms; off the room's own position p50 {Off.Percentile(0.5):F2} ms, p99 {Off.Percentile(0.99):F2} ms; 10 s after a step p95 {AfterStep.Percentile(0.95):F2} ms, p99 {AfterStep.Percentile(0.99):F2} ms; {ProbesPerMinute:F1} probes a minute; {_late} of {_heard} scheduled changes came late; {100 * Behind:F3} % of looks at somebody who had not heard of the last change; {UpdatesPerSecond:F3} playback updates a second");
}
