using Orleans;
using Orleans.Runtime;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Reminders;

/// <summary>The ticks of all reminders of the cluster; it outlives single silos. A tick that nobody can take is missed.</summary>
internal sealed class ReminderSchedule(ClusterRuntime cluster, TimeProvider time)
{
    private readonly Dictionary<(GrainId, string), Entry> entries = [];

    public void Set(ReminderRow row)
    {
        lock (entries)
        {
            if (entries.Remove((row.GrainId, row.Name), out var old)) old.Timer.Dispose();
            var entry = new Entry(row);
            entry.Timer = time.CreateTimer(_ => OnDue(entry), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            entries.Add((row.GrainId, row.Name), entry);
            Arm(entry);
        }
    }

    public void Remove(ReminderRow row)
    {
        lock (entries)
        {
            if (entries.Remove((row.GrainId, row.Name), out var entry)) entry.Timer.Dispose();
        }
    }

    private void OnDue(Entry entry)
    {
        var status = new TickStatus(entry.Row.StartAt, entry.Row.Period, time.GetUtcNow().UtcDateTime);
        if (cluster.Place() is { } silo) silo.Background.Start(_ => TickAsync(silo, entry.Row, status), null);
        lock (entries) Arm(entry);
    }

    private static async void TickAsync(Silo silo, ReminderRow row, TickStatus status)
    {
        try
        {
            await silo.References.GetGrain<IRemindable>(row.GrainId).ReceiveReminder(row.Name, status);
        }
        catch (Exception exception)
        {
            // The next tick comes whatever became of this one.
            silo.Log.ReminderFailed(exception, row.Name, row.GrainId);
        }
    }

    /// <summary>Ticks fall on the start plus whole periods, whenever the schedule was loaded.</summary>
    private void Arm(Entry entry)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var (start, period) = (entry.Row.StartAt, entry.Row.Period);
        var next = start > now ? start : start + (period * (Math.Floor((now - start) / period) + 1));
        entry.Timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling((next - now).TotalMilliseconds)), Timeout.InfiniteTimeSpan);
    }

    private sealed class Entry(ReminderRow row)
    {
        public ReminderRow Row => row;

        public ITimer Timer { get; set; } = null!;
    }
}
