using Microsoft.Extensions.Time.Testing;
using WhatsSound.Playback;

namespace WhatsSound.Tests.Grains.Playback;

public sealed class When_a_process_follows_the_clusters_time
{
    private readonly FakeTimeProvider _time = new();
    private readonly ClusterClock _clock;

    public When_a_process_follows_the_clusters_time() => _clock = new ClusterClock(_time);

    [Theory]
    [InlineData(7_000_000)]
    [InlineData(-7_000_000)]
    public void Should_be_set_by_what_it_hears_first(long aheadUs)
    {
        var beforeUs = _clock.NowUs;
        Assert.False(_clock.WhenSet.IsCompleted);

        _clock.Follow(aheadUs);

        Assert.True(_clock.WhenSet.IsCompleted);
        Assert.Equal(beforeUs + aheadUs, _clock.NowUs);
    }

    [Fact]
    public void Should_not_go_back_but_run_slower_until_it_is_right()
    {
        _clock.Follow(0);
        var startUs = _clock.NowUs;
        _clock.Follow(-300_000);
        var lastUs = startUs;

        for (var passed = 0; passed < 4_000; passed++)
        {
            _time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.InRange(_clock.NowUs - lastUs, 900, 1_000);
            lastUs = _clock.NowUs;
        }

        Assert.Equal(startUs + 4_000_000 - 300_000, lastUs);
    }

    [Fact]
    public void Should_make_up_little_without_a_jump_and_much_at_once()
    {
        _clock.Follow(0);
        var startUs = _clock.NowUs;

        _clock.Follow(5_000);
        Assert.Equal(startUs, _clock.NowUs);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        Assert.Equal(startUs + 105_000, _clock.NowUs);

        _clock.Follow(50_000);
        Assert.Equal(startUs + 155_000, _clock.NowUs);
    }

    [Fact]
    public void Should_go_on_from_where_it_is_when_it_hears_more_on_the_way()
    {
        _clock.Follow(0);
        var startUs = _clock.NowUs;
        _clock.Follow(-100_000);
        _time.Advance(TimeSpan.FromMilliseconds(100));
        var halfwayUs = _clock.NowUs;

        _clock.Follow(0);
        _time.Advance(TimeSpan.FromSeconds(10));

        Assert.Equal(startUs + 90_000, halfwayUs);
        Assert.Equal(halfwayUs + 10_000_000, _clock.NowUs);
    }

    /// <summary>Compared every 5 s, as machines' clocks are whose quartz is off by 50 millionths.</summary>
    [Theory]
    [InlineData(50)]
    [InlineData(-50)]
    public void Should_learn_how_much_faster_the_others_time_goes(int ppm)
    {
        _clock.Follow(0);
        var startUs = _clock.NowUs;
        var passedUs = 0L;
        for (var round = 0; round < 24; round++)
            Compare();

        // Had it learned nothing it would be 250 µs off.
        Pass();
        Assert.InRange(_clock.NowUs - TrueUs(), -10, 10);

        void Compare()
        {
            Pass();
            _clock.Follow(TrueUs() - _clock.NowUs);
        }

        void Pass()
        {
            _time.Advance(TimeSpan.FromSeconds(5));
            passedUs += 5_000_000;
        }

        long TrueUs() => startUs + passedUs + passedUs * ppm / 1_000_000;
    }

    [Fact]
    public void Should_take_a_step_for_no_drift()
    {
        _clock.Follow(0);
        _time.Advance(TimeSpan.FromSeconds(5));
        _clock.Follow(15_000);
        _time.Advance(TimeSpan.FromSeconds(5));
        var beforeUs = _clock.NowUs;

        _time.Advance(TimeSpan.FromSeconds(5));

        Assert.Equal(beforeUs + 5_000_000, _clock.NowUs);
    }
}
