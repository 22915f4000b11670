using System.Collections.Immutable;
using WhatsSound.Grains.Queue.Reading;
using WhatsSound.Grains.Rooms;
using WhatsSound.Queue;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

/// <summary>Members are told that there is another playlist, how long it is and who chose it; its tracks they read in pages.</summary>
public class When_a_fallback_playlist_is_chosen
{
    private readonly RoomScript _play = new();

    [Fact]
    public void Should_be_told_to_the_main_channel_under_one_key()
    {
        _play.Enqueue("u0", RoomScript.Song(99));
        Choose(3);

        var entry = Assert.Single(Choose(2));

        Assert.Equal(("room:room", "fallback", "fallback"), (entry.Channel, entry.Event, entry.Key));
        Assert.Equal(new FallbackView { Count = 2, SetByUserId = "u0", Revision = 2 }, entry.Data.Read(WireJson.Default.FallbackView));
    }

    [Fact]
    public void Should_have_a_higher_revision_than_before_though_it_was_silence_and_stored_meanwhile()
    {
        Choose(3);
        Choose(0);
        Assert.Equal(new FallbackView { Count = 0, SetByUserId = "u0", Revision = 2 }, _play.Room.Queue.Fallback.ToView());
        var stored = _play.Room with { Songs = _play.Room.Songs };

        Assert.Equal(_play.Room.Queue.Fallback.ToView(), stored.Queue.Fallback.ToView());
    }

    [Fact]
    public void Should_be_nobodys_before_the_first() => Assert.Equal(new FallbackView(), _play.Room.Queue.Fallback.ToView());

    [Fact]
    public void Should_be_read_whole_in_pages()
    {
        Choose(150);

        var first = FallbackPages.Read(_play.Room.Queue.Fallback, 0, 100).Value!;
        var last = FallbackPages.Read(_play.Room.Queue.Fallback, first.Next!.Value, 100).Value!;

        Assert.Equal(_play.Room.Queue.Fallback.Tracks, first.Tracks.Concat(last.Tracks).ToImmutableArray());
        Assert.Equal((100, 150, null, 150, 1L), (first.Next, first.Total, last.Next, last.Total, last.Revision));
    }

    [Theory]
    [InlineData(-1, 1, "from")]
    [InlineData(200, 1, "from")]
    [InlineData(0, 0, "max")]
    [InlineData(0, 101, "max")]
    public void Should_refuse_a_page_that_is_none(int from, int count, string field) =>
        Assert.Equal(field, FallbackPages.Read(_play.Room.Queue.Fallback, from, count).Refusal?.Detail);

    private ImmutableArray<OutboxEntry> Choose(int tracks)
    {
        var decision = _play.Do((room, moment) => RoomRules.Act(room, "u0", new SetFallback { Tracks = [.. Enumerable.Range(0, tracks).Select(static track => RoomScript.Song(track))] }, moment));
        return RoomPublications.Of(before: null, decision.Room!, decision.Events);
    }
}
