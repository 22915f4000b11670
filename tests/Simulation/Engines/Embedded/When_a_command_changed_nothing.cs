using WhatsSound.Playback;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Simulation;

public sealed class When_a_command_changed_nothing
{
    private static readonly RoomCommand PauseAgain = Command("pause-2");

    private readonly SimulatedWorld _world = new(seed: 1);

    [Fact]
    public void Should_change_nothing_after_a_crash_either() => _world.Simulation.Run(async () =>
    {
        await _world.StartAsync();
        await AskAsync(room => room.JoinAsync(Command("join"), new() { UserId = "ada", ConnectionId = "one", GatewayId = _world.Gateways[0].Id }));
        await AskAsync(room => room.EnqueueAsync(Command("enqueue"), [new() { Url = "/audio/song.wav", Title = "Song", DurationMs = 600_000 }]));
        await AskAsync(room => room.PauseAsync(Command("pause-1")));
        var first = await AskAsync(room => room.PauseAsync(PauseAgain));

        await _world.Cluster.KillSiloAsync(_world.Cluster.FindSilo(_world.Gateways[0].Room.GetGrainId())!);
        await AskAsync(room => room.PlayAsync(Command("play")));
        var second = await AskAsync(room => room.PauseAsync(PauseAgain));

        Assert.Equal(first.Revision, second.Revision);
        Assert.Equal(PlaybackStatus.Playing, _world.Judge.Room!.Playback.Vector.Status);
    });

    private static RoomCommand Command(string id) => new() { CommandId = id, UserId = "ada" };

    /// <summary>The answer of a room that may be on its way to another silo.</summary>
    private async Task<T> AskAsync<T>(Func<IRoomGrain, Task<Answer<T>>> ask)
        where T : class
    {
        while (true)
        {
            var answer = await ask(_world.Gateways[0].Room);
            if (answer.Value is { } value)
                return value;
            Assert.True(answer.Refusal!.Retryable, answer.Refusal.Code);
            await Task.Delay(TimeSpan.FromSeconds(1), _world.Time);
        }
    }
}
