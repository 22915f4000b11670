using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Playback;
using WhatsSound.Rooms;
using WhatsSound.Tests.Grains.Rooms;

namespace WhatsSound.Tests.Grains.Playback;

/// <summary>Two machines whose clocks are 300 ms apart, and go apart by another 50 µs a second.</summary>
public sealed class When_silos_have_different_clocks : IAsyncLifetime
{
    private const double OffMaxMs = 25;
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly FakeTimeProvider _trueTime = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly TestCluster _cluster;

    public When_silos_have_different_clocks()
    {
        // Silos start side by side.
        var times = new ConcurrentQueue<DeviceTime>(
        [
            new(_trueTime, TimeSpan.Zero, driftPpm: 25),
            new(_trueTime, TimeSpan.FromMilliseconds(300), driftPpm: -25),
            new(_trueTime, TimeSpan.FromSeconds(-7), driftPpm: 0),
        ]);
        _cluster = new() { TimeOfSilo = () => times.TryDequeue(out var time) ? time : throw new InvalidOperationException("There are more silos than clocks."), HasClusterClock = true };
    }

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task INV_T1_should_play_on_at_every_gateway_while_the_room_moves_every_10_seconds()
    {
        var clocks = _cluster.OfSilos<IRoomClock>();
        await Task.WhenAll(clocks.Select(clock => clock.WhenSet));
        var room = await ListeningRoom.OpenAsync(_cluster);
        await room.EnqueueAsync("owner", ListeningRoom.Song(1, seconds: 600));
        await PassAsync(room, TimeSpan.FromSeconds(2), () => Task.CompletedTask);
        var vector = (await room.ReadAsync()).Playback;
        double idealMs = vector.PositionAtMs(clocks[0].NowMs);
        var lastMs = new long[clocks.Count];
        var offMs = 0.0;

        for (var move = 0; move < 12; move++)
        {
            await _cluster.MigrateAsync(room.Grain);
            var rate = move % 2 == 0 ? 1_100 : 900;
            ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new SetRate { RatePermille = rate } }));
            await PassAsync(room, TimeSpan.FromSeconds(10), async () =>
            {
                idealMs += Step.TotalMilliseconds * rate / 1_000;
                var heard = (await room.ReadAsync()).Playback;
                Assert.True((heard.Epoch, heard.Revision).CompareTo((vector.Epoch, vector.Revision)) >= 0, $"{heard} after {vector}");
                vector = heard;
                for (var gateway = 0; gateway < clocks.Count; gateway++)
                {
                    var positionMs = vector.PositionAtMs(clocks[gateway].NowMs);
                    Assert.True(positionMs >= lastMs[gateway], $"{positionMs} ms after {lastMs[gateway]} ms");
                    lastMs[gateway] = positionMs;
                    offMs = Math.Max(offMs, Math.Abs(positionMs - idealMs));
                }
            });
        }

        Assert.True(offMs <= OffMaxMs, $"A listener was {offMs} ms off.");
    }

    /// <summary>The silo whose time it was goes, and one comes in its place whose clock is seven seconds behind.</summary>
    [Fact]
    public async Task INV_T1_should_play_on_when_the_silo_that_had_the_time_is_restarted()
    {
        var room = await ListeningRoom.OpenAsync(_cluster);
        await room.EnqueueAsync("owner", ListeningRoom.Song(1, seconds: 600));
        await PassAsync(room, TimeSpan.FromSeconds(10), () => Task.CompletedTask);
        var before = (await room.ReadAsync()).Playback;
        var clock = _cluster.Grains.GetGrain<IClockGrain>(IClockGrain.Key);
        var beforeMs = before.PositionAtMs((await clock.ReadAsync()).SentUs / 1_000);

        await _cluster.RestartSiloOfAsync(clock);

        var after = (await room.ReadAsync()).Playback;
        Assert.Equal(before, after);
        var clocks = _cluster.OfSilos<IRoomClock>();
        await Task.WhenAll(clocks.Select(each => each.WhenSet));
        foreach (var nowMs in clocks.Select(each => each.NowMs).Append((await clock.ReadAsync()).SentUs / 1_000))
            Assert.InRange(after.PositionAtMs(nowMs) - beforeMs, -1, OffMaxMs);
    }

    private async Task PassAsync(ListeningRoom room, TimeSpan by, Func<Task> look)
    {
        for (var passed = TimeSpan.Zero; passed < by; passed += Step)
        {
            _trueTime.Advance(Step);
            await room.RenewAsync();
            await look();
        }
    }
}
