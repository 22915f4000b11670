using System.Globalization;
using Orleans.Runtime;
using WhatsSound.Embedded.Runtime;

namespace WhatsSound.Embedded.Reminders;

internal sealed class MemoryReminderTable(ClusterRuntime cluster) : IReminderTable
{
    private readonly Dictionary<(GrainId, string), ReminderRow> rows = cluster.Shared("reminders", static () => new Dictionary<(GrainId, string), ReminderRow>());

    public Task OpenAsync() => Task.CompletedTask;

    public Task<List<ReminderRow>> ReadAllAsync()
    {
        lock (rows) return Task.FromResult(rows.Values.ToList());
    }

    public Task<List<ReminderRow>> ReadAsync(GrainId grainId)
    {
        lock (rows) return Task.FromResult(rows.Values.Where(row => row.GrainId == grainId).ToList());
    }

    public Task<ReminderRow> UpsertAsync(ReminderRow row)
    {
        lock (rows)
        {
            var version = rows.TryGetValue((row.GrainId, row.Name), out var old) ? int.Parse(old.ETag, CultureInfo.InvariantCulture) + 1 : 0;
            return Task.FromResult(rows[(row.GrainId, row.Name)] = row with { ETag = version.ToString(CultureInfo.InvariantCulture) });
        }
    }

    public Task<bool> DeleteAsync(ReminderRow row)
    {
        lock (rows)
        {
            var isSame = rows.TryGetValue((row.GrainId, row.Name), out var stored) && stored.ETag == row.ETag;
            return Task.FromResult(isSame && rows.Remove((row.GrainId, row.Name)));
        }
    }
}
