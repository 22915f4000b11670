using WhatsSound.Channels;

namespace WhatsSound.Tests.Grains.Rooms;

[Collection(ClusterTests.Name)]
public sealed class When_chat_is_read(TestCluster cluster)
{
    private readonly string _ben = $"ben-{Guid.NewGuid():N}";

    [Fact]
    public async Task Should_note_how_far_and_never_go_back_also_after_a_crash()
    {
        var room = await OpenAsync();
        ListeningRoom.Done(await room.Talk.MarkReadAsync(_ben, 3));
        ListeningRoom.Done(await room.Talk.MarkReadAsync(_ben, 2));
        Assert.Equal([(room.Id, 3L)], await MarksAsync());

        await cluster.DeactivateAsync(room.Talk);
        await cluster.DeactivateAsync(Markers);
        ListeningRoom.Done(await room.Talk.MarkReadAsync(_ben, 1));
        Assert.Equal([(room.Id, 3L)], await MarksAsync());
        ListeningRoom.Done(await room.Talk.MarkReadAsync(_ben, 4));
        Assert.Equal([(room.Id, 4L)], await MarksAsync());
    }

    [Fact]
    public async Task Should_end_with_the_highest_of_many_at_once_and_keep_rooms_apart()
    {
        var (room, other) = (await OpenAsync(), await OpenAsync());

        foreach (var answer in await Task.WhenAll(new long[] { 2, 4, 1, 3 }.Select(offset => room.Talk.MarkReadAsync(_ben, offset)).Append(other.Talk.MarkReadAsync(_ben, 2))))
            ListeningRoom.Done(answer);

        Assert.Equal(new[] { (room.Id, 4L), (other.Id, 2L) }.Order(), (await MarksAsync()).Order());
    }

    [Fact]
    public async Task Should_refuse_what_was_not_said_who_is_not_here_and_who_asks_too_often()
    {
        var room = await OpenAsync();

        Assert.Equal("offset", (await room.Talk.MarkReadAsync(_ben, 5)).Refusal!.Detail);
        Assert.Equal(RefusalCode.NotMember, ListeningRoom.CodeOf(await room.Talk.MarkReadAsync("stranger", 1)));
        for (var number = 0; number < 5; number++)
            ListeningRoom.Done(await room.Talk.MarkReadAsync(_ben, 1));
        var refusal = (await room.Talk.MarkReadAsync(_ben, 2)).Refusal!;
        Assert.Equal((RefusalCode.RateLimited, 1000), (refusal.Code, refusal.RetryAfterMs));
    }

    private IChannelGrain Markers => cluster.Grains.GetChannel($"user:{_ben}:markers");

    private async Task<ListeningRoom> OpenAsync()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", _ben);
        for (var number = 1; number <= 4; number++)
            await room.SayAsync("owner", $"{number}");
        return room;
    }

    private async Task<IEnumerable<(string RoomId, long Offset)>> MarksAsync() =>
        (await ListeningRoom.SaidAsync(Markers)).Select(static publication => publication.Data.Read(WireJson.Default.ReadMark)!).Select(static mark => (mark.RoomId, mark.Offset));
}
