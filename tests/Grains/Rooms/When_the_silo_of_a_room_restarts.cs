using WhatsSound.Channels;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

public sealed class When_the_silo_of_a_room_restarts : IAsyncLifetime
{
    private readonly TestCluster _cluster = new();

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Should_go_on_with_its_channels_and_members_as_if_nothing_had_been()
    {
        var room = await ListeningRoom.OpenAsync(_cluster, "owner", "guest");
        await room.EnqueueAsync("owner", ListeningRoom.Song(1), ListeningRoom.Song(2));
        ListeningRoom.Done(await room.Grain.SendChatAsync(room.Command("guest"), "hello"));
        await room.AdvanceAsync(TimeSpan.FromSeconds(2));
        var before = await room.ReadAsync();

        await _cluster.RestartSiloOfAsync(room.Grain);

        var after = await room.ReadAsync();
        Assert.Equal(before.Positions, after.Positions);
        Assert.Equal((before.Revision, before.Playback), (after.Revision, after.Playback));
        Assert.Equal(before.Presence.Members.Select(member => member.UserId), after.Presence.Members.Select(member => member.UserId));
        Assert.Equal("hello", ChatOf(after).Single());
        Assert.Single(RoomId.ChannelsOf(room.Id).Select(name => _cluster.FindSiloOf(_cluster.Grains.GetChannel(name))).Append(_cluster.FindSiloOf(room.Grain)).Distinct());
    }

    [Fact]
    public async Task Should_know_at_once_who_is_a_member_and_who_is_not()
    {
        var room = await ListeningRoom.OpenAsync(_cluster, "owner", "guest");
        await room.AdvanceAsync(TimeSpan.FromSeconds(2));

        await _cluster.RestartSiloOfAsync(room.Grain);

        ListeningRoom.Done(await room.Grain.SendChatAsync(room.Command("guest"), "hello"));
        Assert.Equal(RefusalCode.NotMember, ListeningRoom.CodeOf(await room.Grain.SendChatAsync(room.Command("stranger"), "hello")));
    }

    [Fact]
    public async Task Should_still_hear_who_leaves()
    {
        var room = await ListeningRoom.OpenAsync(_cluster, "owner", "guest");
        await room.AdvanceAsync(TimeSpan.FromSeconds(2));

        await _cluster.RestartSiloOfAsync(room.Grain);
        await room.LeaveAsync("guest");
        await room.AdvanceAsync(TimeSpan.FromSeconds(1));

        Assert.Equal(RefusalCode.NotMember, ListeningRoom.CodeOf(await room.Grain.SendChatAsync(room.Command("guest"), "hello")));
    }

    private static IEnumerable<string> ChatOf(RoomSnapshot snapshot) =>
        snapshot.Chat.Select(publication => publication.Data.Read(WireJson.Default.ChatMessage)!.Text);
}
