using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

[Collection(ClusterTests.Name)]
public sealed class When_rooms_are_listed(TestCluster cluster)
{
    private static readonly RoomDirectoryOptions Options = new();

    private IRoomDirectoryGrain Directory => cluster.Grains.GetGrain<IRoomDirectoryGrain>(IRoomDirectoryGrain.Key);

    [Fact]
    public async Task Should_show_a_new_room_at_once()
    {
        var room = await ListeningRoom.OpenAsync(cluster);

        Assert.Equal("A room", (await FindAsync(room))?.Name);
    }

    [Fact]
    public async Task Should_show_what_a_room_tells_within_five_seconds()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        await FindAsync(room);
        await room.EnqueueAsync("owner", ListeningRoom.Song(7));

        await room.AdvanceAsync(TimeSpan.FromSeconds(5));

        var listing = await Eventually.UntilAsync(() => FindAsync(room), static listing => listing?.NowPlaying is not null);
        Assert.Equal((2, "Song 7"), (listing?.ListenerCount, listing?.NowPlaying));
    }

    [Fact]
    public async Task Should_not_tell_everybody_what_is_heard_behind_a_password()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        await room.EnqueueAsync("owner", ListeningRoom.Song(7));
        await room.AdvanceAsync(TimeSpan.FromSeconds(5));
        await Eventually.UntilAsync(() => FindAsync(room), static listing => listing?.NowPlaying is not null);

        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new UpdateSettings { Password = "sesame" } }));

        var listing = await Eventually.UntilAsync(() => FindAsync(room), static listing => listing?.HasPassword == true);
        Assert.Null(listing?.NowPlaying);
    }

    [Fact]
    public async Task Should_remember_rooms_over_a_crash()
    {
        var room = await ListeningRoom.OpenAsync(cluster);

        await cluster.KillSiloOfAsync(ShardOf(room));

        Assert.NotNull(await FindAsync(room));
    }

    [Fact]
    public async Task Should_find_by_beginnings_of_words_and_tags_whatever_their_case_and_marks()
    {
        var room = await ListeningRoom.OpenAsync(cluster);
        var word = $"Zq{Guid.NewGuid():N}"[..12];
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new UpdateSettings { Name = $"{word} Café Señor", Tags = ["Bossa Nova"] } }));

        // Rooms tell of themselves one-way.
        await Eventually.UntilAsync(() => AskAsync(new() { Text = word }), static page => page.Total == 1);
        Assert.Equal(room.Id, Assert.Single((await AskAsync(new() { Text = $"senor CAFE {word[..8].ToLowerInvariant()}", Tags = ["bossa nova"] })).Rooms).RoomId);
        Assert.Empty((await AskAsync(new() { Text = $"{word} enor" })).Rooms);
        Assert.Empty((await AskAsync(new() { Text = word, Tags = ["bossa"] })).Rooms);
    }

    [Fact]
    public async Task Should_show_no_room_that_is_not_for_everybody_to_find()
    {
        var unlisted = await ListeningRoom.OpenAsync(cluster);
        var invited = await ListeningRoom.OpenAsync(cluster);
        var closed = await ListeningRoom.OpenAsync(cluster);
        ListeningRoom.Done(await unlisted.Grain.ActAsync(unlisted.Command("owner") with { Action = new UpdateSettings { Visibility = RoomVisibility.Unlisted } }));
        ListeningRoom.Done(await invited.Grain.ActAsync(invited.Command("owner") with { Action = new UpdateSettings { Visibility = RoomVisibility.InviteOnly } }));
        ListeningRoom.Done(await closed.Grain.ActAsync(closed.Command("owner") with { Action = new CloseRoom() }));

        foreach (var room in new[] { unlisted, invited, closed })
        {
            Assert.Null(await Eventually.UntilAsync(() => FindAsync(room), static listing => listing is null));
        }
    }

    [Fact]
    public async Task Should_give_each_room_on_one_page()
    {
        var word = $"zq{Guid.NewGuid():N}"[..12];
        var rooms = new List<string>();
        for (var number = 0; number < 7; number++)
        {
            var room = await ListeningRoom.OpenAsync(cluster);
            ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new UpdateSettings { Name = $"{word} {number}" } }));
            rooms.Add(room.Id);
        }

        await Eventually.UntilAsync(() => AskAsync(new() { Text = word }), static page => page.Total == 7);

        var found = new List<string>();
        var pages = 0;
        for (string? cursor = null; pages == 0 || cursor is not null; pages++)
        {
            var page = await AskAsync(new() { Text = word, CountMax = 3, After = cursor });
            Assert.Equal(7, page.Total);
            found.AddRange(page.Rooms.Select(room => room.RoomId));
            cursor = page.Next;
        }

        Assert.Equal(3, pages);
        Assert.Equal(rooms.Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Should_refuse_a_cursor_that_is_none()
    {
        var answer = await cluster.Grains.GetGrain<IRoomFinderGrain>(IRoomFinderGrain.Key).FindAsync(new() { After = "1.2" });

        Assert.Equal((RefusalCode.BadRequest, "cursor"), (answer.Refusal?.Code, answer.Refusal?.Detail));
    }

    /// <summary>Programs of the version before ask this way, and tell this way.</summary>
    [Fact]
    public async Task Should_answer_and_hear_programs_of_the_version_before()
    {
        var roomId = $"old-{Guid.NewGuid():N}";
        await Directory.RegisterAsync(new() { RoomId = roomId, Name = "Of before", ListenerCount = 10_000, UpdatedAtMs = cluster.NowMs });
        cluster.Time.Advance(Options.AnswerAge);

        Assert.Equal(roomId, (await Directory.ListAsync(1)).Rooms[0].RoomId);
        await Directory.RemoveAsync(roomId);
    }

    private IRoomShardGrain ShardOf(ListeningRoom room) => cluster.Grains.GetGrain<IRoomShardGrain>(IRoomShardGrain.KeyOf(RoomShards.NumberOf(room.Id, Options.ShardsCount)));

    private async Task<RoomListing?> FindAsync(ListeningRoom room)
    {
        for (string? cursor = null; ;)
        {
            var page = await AskAsync(new() { After = cursor });
            if (page.Rooms.FirstOrDefault(listing => listing.RoomId == room.Id) is { } listing)
                return listing;
            if (page.Next is null)
                return null;
            cursor = page.Next;
        }
    }

    /// <summary>Not from an answer of before.</summary>
    private async Task<RoomListingPage> AskAsync(RoomQuery query)
    {
        cluster.Time.Advance(Options.AnswerAge);
        return ListeningRoom.Done(await cluster.Grains.GetGrain<IRoomFinderGrain>(IRoomFinderGrain.Key).FindAsync(query));
    }
}
