using Orleans.Storage;
using WhatsSound.Channels;
using WhatsSound.Grains.Rooms;
using WhatsSound.Grains.Storage;
using WhatsSound.Tests.Grains;
using WhatsSound.Tests.Simulation.Judges;

namespace WhatsSound.Tests.Simulation;

/// <summary>
/// The database that all silos share: it takes its time, outlives every silo, and what was sent to it before a kill may still be done after it. The judge
/// sees every room that it takes.
/// </summary>
internal sealed class SimulatedDatabase(WhatsSound.Embedded.Simulation.Simulation simulation, RoomJudge judge) : IGrainStorage, IMessageLog
{
    private static readonly TimeSpan LatencyMax = TimeSpan.FromMilliseconds(10);

    private readonly TaskScheduler _scheduler = simulation.CreateScheduler("database");
    private readonly MemoryStorage _storage = new();

    public MemoryMessageLog Log { get; } = new();

    /// <summary>The share of appends to the message log that fail, half of them after they were done.</summary>
    public double AppendFailure { get; set; }

    public async Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        await RunAsync(() => _storage.ReadStateAsync(stateName, grainId, grainState));

    public async Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
    {
        var sent = new GrainState<T> { State = grainState.State, ETag = grainState.ETag, RecordExists = grainState.RecordExists };
        await RunAsync(async () =>
        {
            await _storage.WriteStateAsync(stateName, grainId, sent);
            if (sent.State is RoomState room)
                judge.Saw(room);
        });
        grainState.ETag = sent.ETag;
        grainState.RecordExists = sent.RecordExists;
    }

    public async Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
        await RunAsync(() => _storage.ClearStateAsync(stateName, grainId, grainState));

    public Task<LoggedChannel?> FindAsync(string channel, CancellationToken cancellationToken) =>
        RunAsync(() => Log.FindAsync(channel, cancellationToken));

    public Task AppendAsync(string channel, string epoch, Publication publication, Retention retention, CancellationToken cancellationToken) =>
        RunAsync(async () =>
        {
            ThrowSometimes(AppendFailure / 2);
            await Log.AppendAsync(channel, epoch, publication, retention, CancellationToken.None);
            ThrowSometimes(AppendFailure / 2);
        });

    public Task<IReadOnlyList<Publication>> ReadAfterAsync(
        string channel, string epoch, long afterOffset, int countMax, CancellationToken cancellationToken) =>
        RunAsync(() => Log.ReadAfterAsync(channel, epoch, afterOffset, countMax, cancellationToken));

    public Task<IReadOnlyList<Publication>> ReadLastAsync(string channel, string epoch, int countMax, CancellationToken cancellationToken) =>
        RunAsync(() => Log.ReadLastAsync(channel, epoch, countMax, cancellationToken));

    public Task<int> SweepAsync(DateTimeOffset now, CancellationToken cancellationToken) => Task.FromResult(0);

    private Task<Done> RunAsync(Func<Task> work) => RunAsync(async () =>
    {
        await work();
        return Done.Value;
    });

    private Task<T> RunAsync<T>(Func<Task<T>> work) =>
        Task.Factory.StartNew(
            async () =>
            {
                await DelayAsync();
                var result = await work();
                await DelayAsync();
                return result;
            },
            CancellationToken.None,
            TaskCreationOptions.DenyChildAttach,
            _scheduler).Unwrap();

    private Task DelayAsync() => Task.Delay(LatencyMax * simulation.Random.NextDouble(), simulation.Time);

    private void ThrowSometimes(double share)
    {
        if (simulation.Random.NextDouble() < share)
            throw new IOException("The simulation lets this append fail.");
    }
}
