using System.Collections.Concurrent;
using System.Globalization;
using Orleans.Storage;
using WhatsSound.Grains.Storage;

namespace WhatsSound.Tests.Grains;

/// <summary>Grain storage that outlives silos but not the test, with the product's own bytes, and fails on demand.</summary>
public sealed class MemoryStorage : IGrainStorage
{
    private readonly StateSerializer _serializer = new();
    private readonly ConcurrentDictionary<string, (BinaryData State, long ETag)> _rows = new(StringComparer.Ordinal);
    private int _writesToFail;
    private int _answersToLose;
    private int _readsToFail;
    private int _waitingReads;
    private volatile Task _readsHold = Task.CompletedTask;
    private volatile Task _writesHold = Task.CompletedTask;
    private readonly ConcurrentDictionary<string, int> _writesOf = new(StringComparer.Ordinal);
    private int _writesBegun;

    /// <summary>How many reads wait.</summary>
    public int WaitingReads => Volatile.Read(ref _waitingReads);

    /// <summary>Lets the next reads fail.</summary>
    public void FailReads(int count) => Volatile.Write(ref _readsToFail, count);

    /// <summary>Lets every read wait until the task is done.</summary>
    public void HoldReads(Task hold) => _readsHold = hold;

    /// <summary>How many writes have begun.</summary>
    public int WritesBegun => Volatile.Read(ref _writesBegun);

    /// <summary>How many of a grain have begun.</summary>
    public int WritesBegunOf(string stateName, GrainId grainId) => _writesOf.GetValueOrDefault(KeyOf(stateName, grainId));

    /// <summary>Lets every write wait until the task is done.</summary>
    public void HoldWrites(Task hold) => _writesHold = hold;

    /// <summary>Puts another row in the place of one that is there.</summary>
    public void Replace(string stateName, GrainId grainId, string json)
    {
        var key = KeyOf(stateName, grainId);
        _rows[key] = (BinaryData.FromString(json), _rows[key].ETag + 1);
    }

    /// <summary>Lets the next writes fail, and keep nothing.</summary>
    public void FailWrites(int count) => Volatile.Write(ref _writesToFail, count);

    /// <summary>Lets the next writes fail, though what they wrote is kept.</summary>
    public void LoseAnswers(int count) => Volatile.Write(ref _answersToLose, count);

    /// <summary>What is stored of a grain.</summary>
    public T Read<T>(string stateName, GrainId grainId) => _serializer.Deserialize<T>(_rows[KeyOf(stateName, grainId)].State)!;

    /// <summary>Whether anything is stored of a grain.</summary>
    public bool Has(string stateName, GrainId grainId) => _rows.ContainsKey(KeyOf(stateName, grainId));

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        if (Volatile.Read(ref _readsToFail) > 0 && Interlocked.Decrement(ref _readsToFail) >= 0)
            throw new IOException("The test lets this read fail.");
        Interlocked.Increment(ref _waitingReads);
        await _readsHold;
        Interlocked.Decrement(ref _waitingReads);
        if (_rows.TryGetValue(KeyOf(stateName, grainId), out var row))
        {
            grainState.State = _serializer.Deserialize<T>(row.State)!;
            grainState.ETag = Text(row.ETag);
            grainState.RecordExists = true;
        }
        else
        {
            grainState.ETag = null!;
            grainState.RecordExists = false;
        }
    }

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _writesOf.AddOrUpdate(KeyOf(stateName, grainId), 1, static (_, count) => count + 1);
        Interlocked.Increment(ref _writesBegun);
        await _writesHold;
        if (Volatile.Read(ref _writesToFail) > 0 && Interlocked.Decrement(ref _writesToFail) >= 0)
            throw new IOException("The test lets this write fail.");

        var state = _serializer.Serialize(grainState.State);
        var written = _rows.AddOrUpdate(
            KeyOf(stateName, grainId),
            _ => grainState.ETag is null ? (state, 1) : throw Inconsistent(null, grainState.ETag),
            (_, row) => Text(row.ETag) == grainState.ETag ? (state, row.ETag + 1) : throw Inconsistent(Text(row.ETag), grainState.ETag));
        if (Volatile.Read(ref _answersToLose) > 0 && Interlocked.Decrement(ref _answersToLose) >= 0)
            throw new IOException("The test loses the answer to this write.");
        grainState.ETag = Text(written.ETag);
        grainState.RecordExists = true;
    }

    public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        _rows.TryRemove(KeyOf(stateName, grainId), out _);
        grainState.State = Activator.CreateInstance<T>();
        grainState.ETag = null!;
        grainState.RecordExists = false;
        return Task.CompletedTask;
    }

    private static string KeyOf(string stateName, GrainId grainId) => $"{stateName}/{grainId.Key}";

    private static string Text(long etag) => etag.ToString(CultureInfo.InvariantCulture);

    private static InconsistentStateException Inconsistent(string? stored, string? current) => new("The row was written in between.", stored, current);
}
