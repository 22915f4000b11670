using WhatsSound.Grains.Rooms;
using WhatsSound.Playback;

namespace WhatsSound.Tests.Rules.Playback;

public class When_the_host_reports_a_position
{
    private readonly PlaybackVector _vector = PlaybackRules.Start(PlaybackRules.Initial(0), "e1", 100_000, 0);
    private HostDrift? _drift;

    [Fact]
    public void Should_ignore_jitter() => Assert.Null(Report(10_250, 10_000) ?? Report(10_750, 10_600));

    [Fact]
    public void Should_anchor_anew_once_a_drift_has_lasted()
    {
        Assert.Null(Report(10_300, 10_000));
        Assert.Null(Report(10_799, 10_499));

        var reanchored = Report(10_800, 10_500)!;

        Assert.Equal(10_800, reanchored.PositionAtMs(10_500));
        Assert.Equal(_vector.Revision + 1, reanchored.Revision);
    }

    [Fact]
    public void Should_forget_a_drift_that_passed()
    {
        Report(10_300, 10_000);
        Report(10_400, 10_400);

        Assert.Null(Report(10_900, 10_600));
    }

    [Fact]
    public void Should_ignore_a_player_that_is_stuck()
    {
        for (var nowMs = 10_000; nowMs <= 30_000; nowMs += 250)
            Assert.Null(Report(2_000, nowMs));
    }

    [Fact]
    public void Should_follow_a_player_that_was_stuck_and_goes_on()
    {
        Assert.Null(Report(2_000, 10_000));
        Assert.Null(Report(2_000, 10_600));

        Assert.Equal(2_600, Report(2_600, 11_200)!.PositionAtMs(11_200));
    }

    [Fact]
    public void Should_ignore_reports_while_paused()
    {
        var paused = PlaybackRules.Pause(_vector, 5000);

        Assert.Equal((null, null), PlaybackRules.Report(paused, new HostDrift(paused.Revision, 0, 0), 90_000, 10_000));
    }

    [Fact]
    public void Should_ignore_reports_before_an_announced_start()
    {
        var scheduled = PlaybackRules.Start(_vector, "e2", 100_000, 20_000);

        Assert.Equal((null, null), PlaybackRules.Report(scheduled, new HostDrift(scheduled.Revision, 0, 0), 90_000, 19_999));
    }

    private PlaybackVector? Report(long positionMs, long nowMs)
    {
        (_drift, var reanchored) = PlaybackRules.Report(_vector, _drift, positionMs, nowMs);
        return reanchored;
    }
}
