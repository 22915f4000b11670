using WhatsSound.Channels;
using WhatsSound.Grains.Channels;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Rules.Channels;

public sealed class When_an_id_is_remembered
{
    [Fact]
    public void Should_forget_it_after_ten_thousand_others()
    {
        var window = new IdempotencyWindow();
        for (var i = 0; i <= IdempotencyWindow.CountMax; i++)
            window.Add(RequestId.Of(null, null, $"{i}"), Answer(i));

        Assert.Null(window.Find(RequestId.Of(null, null, "0"), nowMs: 0));
        Assert.Equal(1, window.Find(RequestId.Of(null, null, "1"), nowMs: 0)!.Position.Offset);
    }

    [Fact]
    public void Should_forget_it_after_two_minutes()
    {
        var window = new IdempotencyWindow();
        window.Add(RequestId.Of(null, "ann", "a"), Answer(1));

        Assert.NotNull(window.Find(RequestId.Of(null, "ann", "a"), nowMs: 120_000));
        Assert.Null(window.Find(RequestId.Of(null, "ann", "a"), nowMs: 120_001));
    }

    [Fact]
    public void Should_know_an_id_of_the_system_however_old()
    {
        var window = new IdempotencyWindow();
        window.Add(RequestId.Of(null, null, "a"), Answer(1));
        for (var i = 0; i <= IdempotencyWindow.CountMax; i++)
            window.Add(RequestId.Of(null, "ann", $"{i}"), Answer(i));

        Assert.Equal(1, window.Find(RequestId.Of(null, null, "a"), nowMs: 86_400_000)?.Position.Offset);
    }

    [Fact]
    public void Should_forget_a_users_id_behind_one_of_the_system()
    {
        var window = new IdempotencyWindow();
        window.Add(RequestId.Of(null, null, "a"), Answer(1));
        window.Add(RequestId.Of(null, "ann", "a"), Answer(2));

        Assert.Null(window.Find(RequestId.Of(null, "ann", "a"), nowMs: 120_001));
    }

    [Fact]
    public void Should_keep_the_first_answer()
    {
        var window = new IdempotencyWindow();
        window.Add(RequestId.Of(null, "ann", "a"), Answer(1));
        window.Add(RequestId.Of(null, "ann", "a"), Answer(2));

        Assert.Equal(1, window.Find(RequestId.Of(null, "ann", "a"), nowMs: 0)!.Position.Offset);
    }

    [Fact]
    public void Should_keep_the_ids_of_users_rooms_servers_strangers_and_the_system_apart()
    {
        var window = new IdempotencyWindow();
        RequestId[] ids =
        [
            RequestId.Of(null, "jazz", "1"),
            RequestId.Of(PublisherKind.Room, "jazz", "1"),
            RequestId.Of(PublisherKind.Server, "jazz", "1"),
            RequestId.Of(PublisherKind.Anonymous, "jazz", "1"),
            RequestId.Of(null, null, "1"),
        ];
        foreach (var (id, offset) in ids.Select((id, index) => (id, index + 1L)))
            window.Add(id, Answer(offset));

        Assert.Equal([1L, 2, 3, 4, 5], ids.Select(id => window.Find(id, nowMs: 0)!.Position.Offset));
        Assert.Equal(RequestId.Of(PublisherKind.User, "jazz", "1"), ids[0]);
        Assert.Equal(RequestId.Of(PublisherKind.System, null, "1"), ids[4]);
    }

    [Fact]
    public void Should_know_a_rooms_id_however_old_and_a_servers_for_two_minutes()
    {
        var window = new IdempotencyWindow();
        window.Add(RequestId.Of(PublisherKind.Room, "jazz", "3-queue"), Answer(1));
        window.Add(RequestId.Of(PublisherKind.Server, "jobs", "a"), Answer(2));

        Assert.NotNull(window.Find(RequestId.Of(PublisherKind.Room, "jazz", "3-queue"), nowMs: 10_000_000));
        Assert.Null(window.Find(RequestId.Of(PublisherKind.Server, "jobs", "a"), nowMs: 120_001));
    }

    /// <summary>The version before published what a room said as the system: its rows and windows say so, and its outbox is published again by this one.</summary>
    [Fact]
    public void Should_know_a_rooms_id_that_was_given_in_the_name_of_the_system()
    {
        var window = new IdempotencyWindow();
        window.Add(RequestId.Of(null, null, "3-queue"), Answer(1));

        Assert.Equal(1, window.Find(RequestId.Of(PublisherKind.Room, "jazz", "3-queue"), nowMs: 0)?.Position.Offset);
        Assert.Null(window.Find(RequestId.Of(PublisherKind.User, "jazz", "3-queue"), nowMs: 0));
    }

    private static Published Answer(long offset) => new() { Position = new("e", offset), TimeMs = 0 };
}
