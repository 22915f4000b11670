using System.Data;
using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans;
using Orleans.Configuration;
using Orleans.Runtime;
using Orleans.Storage;

namespace WhatsSound.Embedded.Storage;

/// <summary>
/// Grain state in the tables, and through the queries, that Orleans' ADO.NET storage uses. The two hash parameters are 0: they only
/// narrow an index, and our SQL does not look at them.
/// </summary>
internal sealed class AdoNetGrainStorage(string name, AdoNetGrainStorageOptions options, IGrainStorageSerializer serializer, string serviceId)
    : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
{
    private readonly Database database = new(options.Invariant, options.ConnectionString, options.DataSource);
    private Dictionary<string, string> queries = [];

    public static AdoNetGrainStorage Create(IServiceProvider services, string name)
    {
        var options = services.GetRequiredService<IOptionsMonitor<AdoNetGrainStorageOptions>>().Get(name);
        var serviceId = services.GetRequiredService<IOptions<ClusterOptions>>().Value.ServiceId;
        return new(name, options, options.GrainStorageSerializer ?? services.GetRequiredService<IGrainStorageSerializer>(), serviceId);
    }

    public void Participate(ISiloLifecycle lifecycle)
        => lifecycle.Subscribe($"{nameof(AdoNetGrainStorage)} {name}", options.InitStage, async _ => queries = await database.OpenAsync());

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var rows = await database.QueryAsync(queries["ReadFromStorageKey"], command => AddKey(command, stateName, grainId), row => (
            Payload: row["PayloadBinary"] as byte[],
            Version: row["Version"] is DBNull ? null : Convert.ToString(row["Version"], CultureInfo.InvariantCulture)));
        var (payload, version) = rows.SingleOrDefault();
        grainState.State = payload is null ? Activator.CreateInstance<T>() : serializer.Deserialize<T>(new(payload));
        grainState.RecordExists = payload is not null;
        grainState.ETag = version;
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var payload = serializer.Serialize(grainState.State).ToArray();
        var versions = await database.QueryAsync(
            queries["WriteToStorageKey"],
            command =>
            {
                AddKey(command, stateName, grainId);
                AddVersion(command, grainState.ETag);
                Database.Add(command, "PayloadBinary", DbType.Binary, payload);
            },
            row => row["NewGrainStateVersion"]);
        grainState.ETag = ThrowUnlessNew(versions, grainState.ETag, stateName, grainId);
        grainState.RecordExists = true;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (!grainState.RecordExists && string.IsNullOrEmpty(grainState.ETag))
        {
            await ReadStateAsync(stateName, grainId, grainState);
            if (!grainState.RecordExists) return;
        }

        var versions = await database.QueryAsync(
            queries[options.DeleteStateOnClear ? "DeleteStorageKey" : "ClearStorageKey"],
            command =>
            {
                AddKey(command, stateName, grainId);
                AddVersion(command, grainState.ETag);
            },
            row => row[0]);
        var version = ThrowUnlessNew(versions, grainState.ETag, stateName, grainId);
        grainState.ETag = options.DeleteStateOnClear ? null : version;
        grainState.RecordExists = false;
        grainState.State = Activator.CreateInstance<T>();
    }

    /// <summary>The queries answer with the new version if they wrote, and with the old one, or nothing, if the expected one was not there.</summary>
    private string ThrowUnlessNew(List<object> versions, string? expected, string stateName, GrainId grainId)
    {
        var stored = versions.Select(version => version is DBNull ? null : Convert.ToString(version, CultureInfo.InvariantCulture)).SingleOrDefault();
        if (!string.IsNullOrEmpty(stored) && stored != expected) return stored;
        throw new InconsistentStateException($"State {stateName} of {grainId} in {name} is not the one that was read (ETag {expected}).", stored, expected);
    }

    private void AddKey(DbCommand command, string stateName, GrainId grainId)
    {
        var key = RowKey.Of(grainId);
        Database.Add(command, "GrainIdHash", DbType.Int32, 0);
        Database.Add(command, "GrainIdN0", DbType.Int64, key.N0);
        Database.Add(command, "GrainIdN1", DbType.Int64, key.N1);
        Database.Add(command, "GrainTypeHash", DbType.Int32, 0);
        Database.Add(command, "GrainTypeString", DbType.String, stateName);
        Database.Add(command, "GrainIdExtensionString", DbType.String, key.Extension);
        Database.Add(command, "ServiceId", DbType.String, serviceId);
    }

    private static void AddVersion(DbCommand command, string? etag)
        => Database.Add(command, "GrainStateVersion", DbType.Int32, string.IsNullOrEmpty(etag) ? null : int.Parse(etag, CultureInfo.InvariantCulture));
}
