using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;
using WhatsSound.Tests.Rules.Rooms;

namespace WhatsSound.Tests.Rules.Playback;

public class When_members_vote_to_skip
{
    private readonly RoomScript _play = new();

    [Fact]
    public void Should_skip_once_enough_have_voted()
    {
        Play(members: 4);

        Vote("u0");
        Assert.Equal("e1", _play.Room.Current!.EntryId);
        Assert.Equal(new SkipTally { Have = 1, Need = 2 }, _play.Room.SkipTold);
        Vote("u1");

        Assert.Equal("e2", _play.Room.Current!.EntryId);
        Assert.Equal(EndReasons.VoteSkip, _play.Room.History[0].EndReason);
        Assert.Equal(0, _play.Room.SkipTold.Have);
    }

    [Fact]
    public void Should_count_a_vote_once_however_often_it_is_cast()
    {
        Play(members: 4);

        Vote("u0");
        Vote("u0");

        Assert.Equal("e1", _play.Room.Current!.EntryId);
    }

    [Fact]
    public void Should_take_a_vote_back()
    {
        Play(members: 4);

        Vote("u0");
        Vote("u0", isOn: false);
        Vote("u1");

        Assert.Equal("e1", _play.Room.Current!.EntryId);
    }

    [Fact]
    public void Should_skip_when_those_who_did_not_want_it_leave()
    {
        Play(members: 6);
        Vote("u0");
        Vote("u1");
        Assert.Equal("e1", _play.Room.Current!.EntryId);

        _play.Leave("u4");
        _play.Leave("u5");

        Assert.Equal("e2", _play.Room.Current!.EntryId);
    }

    [Fact]
    public void Should_not_count_votes_of_who_left()
    {
        Play(members: 5);
        Vote("u3");
        Vote("u4");

        _play.Leave("u4");

        Assert.Equal("e1", _play.Room.Current!.EntryId);
        Assert.Equal(new SkipTally { Have = 1, Need = 2 }, _play.Room.SkipTold);
    }

    [Fact]
    public void Should_count_a_newcomers_vote_ten_seconds_after_joining()
    {
        Play(members: 3);
        _play.Join("new");
        Vote("u0");
        Vote("new");

        _play.Pass(9_999);
        Assert.Equal("e1", _play.Room.Current!.EntryId);
        _play.Pass(1);

        Assert.Equal("e2", _play.Room.Current!.EntryId);
    }

    private void Play(int members)
    {
        for (var i = 1; i < members; i++)
            _play.Join($"u{i}");
        _play.Enqueue("u0", RoomScript.Song(1), RoomScript.Song(2));
        _play.Pass(10_000);
    }

    private void Vote(string userId, bool isOn = true) => _play.Do((room, moment) => RoomRules.VoteSkip(room, userId, "e1", isOn, moment));
}
