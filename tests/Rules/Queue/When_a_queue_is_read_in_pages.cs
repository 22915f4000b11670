using WhatsSound.Grains.Queue.Commands;
using WhatsSound.Grains.Queue.Reading;
using WhatsSound.Queue;

namespace WhatsSound.Tests.Rules.Queue;

public class When_a_queue_is_read_in_pages
{
    [Theory]
    [InlineData(QueueMode.Fair)]
    [InlineData(QueueMode.Dj)]
    [InlineData(QueueMode.Fifo)]
    [InlineData(QueueMode.Votes)]
    public void Should_neither_repeat_nor_leave_out_a_song_when_others_start_and_come(QueueMode mode)
    {
        var play = Filled(mode);
        var order = play.Order.ToList();
        var first = Page(play, null);
        for (var i = 0; i < 4; i++)
            play.Next();
        play.Add("late");

        var second = Page(play, first.Next);

        Assert.Equal(order.Take(7), first.Entries.Select(entry => entry.EntryId));
        Assert.Equal(order.Skip(7).Take(7), second.Entries.Select(entry => entry.EntryId).Where(entryId => entryId != "e31").Take(7));
    }

    [Fact]
    public void Should_go_on_after_a_song_that_is_gone()
    {
        var play = Filled(QueueMode.Fair);
        var order = play.Order.ToList();
        var first = Page(play, null);
        play.Do(SongPlay.Host, new RemoveSong(order[6]));
        var left = play.Order.ToList();

        Assert.Equal(left.Skip(6).Take(7), Page(play, first.Next).Entries.Select(entry => entry.EntryId));
    }

    [Fact]
    public void Should_begin_again_when_the_mode_has_changed()
    {
        var play = Filled(QueueMode.Fair);
        var cursor = Page(play, null).Next;
        play.Do(SongPlay.Host, new ChangeMode(QueueMode.Votes));

        var page = Page(play, cursor);

        Assert.True(page.IsRestarted);
        Assert.Equal(play.Order.Take(7), page.Entries.Select(entry => entry.EntryId));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.2.3")]
    [InlineData("9.1.0.0.0")]
    [InlineData("0.1.0.0.x")]
    [InlineData("0.1.0.0.99999999999999999999")]
    public void Should_refuse_a_cursor_that_it_did_not_make(string cursor) =>
        Assert.Equal(("BAD_REQUEST", "cursor"), Of(QueuePages.Read(Filled(QueueMode.Fair).Queue, cursor, 7).Refusal!));

    [Theory]
    [InlineData(0)]
    [InlineData(101)]
    public void Should_refuse_a_page_of_no_size(int count) =>
        Assert.Equal(("BAD_REQUEST", "count"), Of(QueuePages.Read(Filled(QueueMode.Fair).Queue, null, count).Refusal!));

    [Fact]
    public void Should_show_the_next_songs_in_the_window()
    {
        var play = Filled(QueueMode.Fair);
        for (var i = 0; i < 30; i++)
            play.Add("more");

        Assert.Equal(play.Order.Take(50), QueuePages.Window(play.Queue).Select(song => song.EntryId));
    }

    private static (string Code, string? Detail) Of(Refusal refusal) => (refusal.Code, refusal.Detail);

    private static QueuePage Page(SongPlay play, string? cursor) => QueuePages.Read(play.Queue, cursor, 7).Value!;

    /// <summary>30 songs of three contributors, with votes and pins.</summary>
    private static SongPlay Filled(QueueMode mode)
    {
        var play = new SongPlay(mode);
        for (var i = 0; i < 30; i++)
            play.Add($"u{i % 4 % 3}");
        for (var i = 1; i <= 30; i += 4)
            play.Vote("fan", $"e{i}", i % 3 == 0 ? -1 : 1);
        play.Do(SongPlay.Host, new PinSong("e20", true));
        play.Do(SongPlay.User("dj", QueueRights.Pin), new PinSong("e21", true));
        return play;
    }
}
