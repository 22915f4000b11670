using WhatsSound.Channels;
using WhatsSound.Grains.Channels;

namespace WhatsSound.Tests.Rules.Channels;

public sealed class When_an_id_is_remembered
{
    [Fact]
    public void Should_forget_it_after_ten_thousand_others()
    {
        var window = new IdempotencyWindow();
        for (var i = 0; i <= IdempotencyWindow.CountMax; i++)
            window.Add(new(null, $"{i}"), Answer(i));

        Assert.Null(window.Find(new(null, "0"), nowMs: 0));
        Assert.Equal(1, window.Find(new(null, "1"), nowMs: 0)!.Position.Offset);
    }

    [Fact]
    public void Should_forget_it_after_two_minutes()
    {
        var window = new IdempotencyWindow();
        window.Add(new("ann", "a"), Answer(1));

        Assert.NotNull(window.Find(new("ann", "a"), nowMs: 120_000));
        Assert.Null(window.Find(new("ann", "a"), nowMs: 120_001));
    }

    [Fact]
    public void Should_know_an_id_of_the_system_however_old()
    {
        var window = new IdempotencyWindow();
        window.Add(new(null, "a"), Answer(1));
        for (var i = 0; i <= IdempotencyWindow.CountMax; i++)
            window.Add(new("ann", $"{i}"), Answer(i));

        Assert.Equal(1, window.Find(new(null, "a"), nowMs: 86_400_000)?.Position.Offset);
    }

    [Fact]
    public void Should_forget_a_users_id_behind_one_of_the_system()
    {
        var window = new IdempotencyWindow();
        window.Add(new(null, "a"), Answer(1));
        window.Add(new("ann", "a"), Answer(2));

        Assert.Null(window.Find(new("ann", "a"), nowMs: 120_001));
    }

    [Fact]
    public void Should_keep_the_first_answer()
    {
        var window = new IdempotencyWindow();
        window.Add(new("ann", "a"), Answer(1));
        window.Add(new("ann", "a"), Answer(2));

        Assert.Equal(1, window.Find(new("ann", "a"), nowMs: 0)!.Position.Offset);
    }

    private static Published Answer(long offset) => new() { Position = new("e", offset), TimeMs = 0 };
}
