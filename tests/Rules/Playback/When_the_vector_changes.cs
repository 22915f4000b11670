using WhatsSound.Grains.Rooms;
using WhatsSound.Playback;

namespace WhatsSound.Tests.Rules.Playback;

public class When_the_vector_changes
{
    private static readonly PlaybackVector Playing = PlaybackRules.Start(PlaybackRules.Initial(0), "e1", 100_000, 1000);

    [Fact]
    public void INV_T1_Should_leave_the_position_where_it_was() => Property.Holds(script =>
    {
        var vector = Playing with { RatePermille = 1250 };
        var nowMs = 1000L;
        foreach (var step in script)
        {
            nowMs += step * 7;
            var before = vector.PositionAtMs(nowMs);
            vector = step % 2 == 0 ? PlaybackRules.Pause(vector, nowMs) : PlaybackRules.Play(vector, nowMs);
            Assert.InRange(vector.PositionAtMs(nowMs) - before, -1, 1);
        }
    });

    /// <summary>How far apart two devices are is how far apart their clocks are, times the speed of the song, and what is lost to whole milliseconds.</summary>
    [Fact]
    public void INV_T8_Should_be_read_as_far_apart_as_the_clocks_of_two_devices_are() => Property.Holds(script =>
    {
        for (var i = 0; i + 3 < script.Length; i += 4)
        {
            var vector = Playing with { RatePermille = 500 + (script[i] * 1500 / 255) };
            var atMs = 1000 + (script[i + 1] * 1000L);
            var (oneMs, otherMs) = (script[i + 2] - 128, script[i + 3] - 128);

            var apartMs = Math.Abs(vector.PositionAtMs(atMs + oneMs) - vector.PositionAtMs(atMs + otherMs));

            Assert.InRange(apartMs, 0, ((Math.Abs(oneMs) + Math.Abs(otherMs)) * vector.RatePermille / 1000) + 1);
        }
    });

    [Fact]
    public void Should_end_exactly_when_the_position_reaches_the_duration() => Property.Holds(script =>
    {
        var rate = 500 + (script.Sum(part => part) % 1501);
        var vector = Playing with { RatePermille = rate, AnchorPositionMs = script.Length * 100 % 100_000 };

        var endsAtMs = PlaybackRules.EndsAtMs(vector)!.Value;

        Assert.Equal(vector.DurationMs, vector.PositionAtMs(endsAtMs));
        Assert.True(vector.PositionAtMs(endsAtMs - 3) < vector.DurationMs);
    });

    [Fact]
    public void Should_not_end_while_paused() => Assert.Null(PlaybackRules.EndsAtMs(PlaybackRules.Pause(Playing, 5000)));

    [Fact]
    public void Should_stand_still_until_an_announced_start()
    {
        var resumed = PlaybackRules.Play(PlaybackRules.Pause(Playing, 11_000), 20_000);

        Assert.Equal(10_000, resumed.PositionAtMs(19_999));
        Assert.Equal(10_001, resumed.PositionAtMs(20_001));
    }

    [Fact]
    public void Should_go_on_from_the_last_save_in_a_new_epoch_when_the_clock_went_back()
    {
        var rebased = PlaybackRules.Rebase(Playing, savedAtMs: 51_000, nowMs: 1000)!;

        Assert.Equal(50_000, rebased.PositionAtMs(1000));
        Assert.Equal(Playing.Epoch + 1, rebased.Epoch);
    }

    [Fact]
    public void Should_ignore_the_difference_between_two_silos_clocks() => Assert.Null(PlaybackRules.Rebase(Playing, savedAtMs: 51_000, nowMs: 50_700));
}
