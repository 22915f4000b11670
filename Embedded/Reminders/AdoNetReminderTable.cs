using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime;
using WhatsSound.Embedded.Storage;

namespace WhatsSound.Embedded.Reminders;

/// <summary>Reminders in the table, and through the queries, that Orleans' ADO.NET reminder service uses.</summary>
internal sealed class AdoNetReminderTable(IOptions<AdoNetReminderTableOptions> options, IOptions<ClusterOptions> cluster) : IReminderTable
{
    private readonly Database database = new(options.Value.Invariant, options.Value.ConnectionString, options.Value.DataSource);
    private readonly string serviceId = cluster.Value.ServiceId;
    private Dictionary<string, string> queries = [];

    public async Task OpenAsync() => queries = await database.OpenAsync();

    /// <summary>The second range query takes what is above its begin or up to its end: with 0 for both, everything.</summary>
    public Task<List<ReminderRow>> ReadAllAsync()
        => database.QueryAsync(
            queries["ReadRangeRows2Key"],
            command =>
            {
                AddService(command);
                Database.Add(command, "BeginHash", DbType.Int32, 0);
                Database.Add(command, "EndHash", DbType.Int32, 0);
            },
            Read);

    public Task<List<ReminderRow>> ReadAsync(GrainId grainId)
        => database.QueryAsync(
            queries["ReadReminderRowsKey"],
            command =>
            {
                AddService(command);
                Database.Add(command, "GrainId", DbType.String, grainId.ToString());
            },
            Read);

    public async Task<ReminderRow> UpsertAsync(ReminderRow row)
    {
        var versions = await database.QueryAsync(
            queries["UpsertReminderRowKey"],
            command =>
            {
                AddKey(command, row);
                Database.Add(command, "StartTime", DbType.DateTime, row.StartAt);
                Database.Add(command, "Period", DbType.Int64, (long)row.Period.TotalMilliseconds);
                Database.Add(command, "GrainHash", DbType.Int32, unchecked((int)row.GrainId.GetUniformHashCode()));
            },
            result => Convert.ToString(result["Version"], CultureInfo.InvariantCulture)!);
        return row with { ETag = versions.Single() };
    }

    public async Task<bool> DeleteAsync(ReminderRow row)
    {
        var deleted = await database.QueryAsync(
            queries["DeleteReminderRowKey"],
            command =>
            {
                AddKey(command, row);
                Database.Add(command, "Version", DbType.Int32, int.Parse(row.ETag, CultureInfo.InvariantCulture));
            },
            result => Convert.ToInt32(result[0], CultureInfo.InvariantCulture));
        return deleted.FirstOrDefault() > 0;
    }

    private static ReminderRow Read(DbDataReader row)
        => new(
            GrainId.Parse((string)row["GrainId"]),
            (string)row["ReminderName"],
            DateTime.SpecifyKind(Convert.ToDateTime(row["StartTime"], CultureInfo.InvariantCulture), DateTimeKind.Utc),
            TimeSpan.FromMilliseconds(Convert.ToInt64(row["Period"], CultureInfo.InvariantCulture)),
            Convert.ToString(row["Version"], CultureInfo.InvariantCulture)!);

    private void AddService(DbCommand command) => Database.Add(command, "ServiceId", DbType.String, serviceId);

    private void AddKey(DbCommand command, ReminderRow row)
    {
        AddService(command);
        Database.Add(command, "GrainId", DbType.String, row.GrainId.ToString());
        Database.Add(command, "ReminderName", DbType.String, row.Name);
    }
}
