using WhatsSound.Playback;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Simulation.Storms;

public sealed class When_a_command_changed_nothing
{
    private static readonly RoomCommand PauseAgain = Command("pause-2");

    private readonly StormWorld _world = new(seed: 1, silosCount: 2);

    [Fact]
    public async Task Should_change_nothing_after_a_crash_either()
    {
        await using var world = _world;
        await world.RunAsync(PlayAsync);
    }

    private async Task PlayAsync()
    {
        await AskAsync(room => room.EnqueueAsync(Command("enqueue"), [new() { Url = "/tracks/song.wav", Title = "Song", DurationMs = 600_000 }]));
        await AskAsync(room => room.PauseAsync(Command("pause-1")));
        var first = await AskAsync(room => room.PauseAsync(PauseAgain));

        await _world.Cluster.KillSiloOfAsync(_world.Gateways[0].Room);
        await AskAsync(room => room.PlayAsync(Command("play")));
        var second = await AskAsync(room => room.PauseAsync(PauseAgain));

        Assert.Equal(first.Revision, second.Revision);
        Assert.Equal(PlaybackStatus.Playing, _world.Judge.Room!.Playback.Vector.Status);
    }

    private static RoomCommand Command(string id) => new() { CommandId = id, UserId = "ada", Action = new JoinRoom() };

    /// <summary>The answer of a room that may be on its way to another silo.</summary>
    private async Task<T> AskAsync<T>(Func<IRoomGrain, Task<Answer<T>>> ask)
        where T : class
    {
        while (true)
        {
            var answer = await TryAskAsync(ask);
            if (answer?.Value is { } value)
                return value;
            Assert.True(answer?.Refusal is null or { Retryable: true }, answer?.Refusal?.Code);
            await _world.Clock.DelayAsync(TimeSpan.FromSeconds(1));
        }
    }

    private async Task<Answer<T>?> TryAskAsync<T>(Func<IRoomGrain, Task<Answer<T>>> ask)
        where T : class
    {
        try
        {
            return await ask(_world.Gateways[0].Room);
        }
        catch (Exception exception) when (exception is OrleansException or TimeoutException)
        {
            return null;
        }
    }
}
