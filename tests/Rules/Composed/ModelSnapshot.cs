using Orleans.Storage;
using WhatsSound.Grains.Rooms;

namespace WhatsSound.Tests.Rules.Composed;

/// <summary>The snapshot as an activation has read it.</summary>
internal sealed class ModelSnapshot(ModelStore store, RoomState read, int version) : IPersistentState<RoomState>
{
    private int _version = version;

    public RoomState State { get; set; } = read;

    public string Etag => $"{_version}";

    public bool RecordExists => _version > 0;

    public Task WriteStateAsync()
    {
        _version = store.Write(State, _version) ?? throw new InconsistentStateException("Another was faster.");
        return Task.CompletedTask;
    }

    public Task ReadStateAsync() => Task.CompletedTask;

    public Task ClearStateAsync() => throw new NotSupportedException();
}
