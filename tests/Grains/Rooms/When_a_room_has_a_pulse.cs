using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Rooms;

[Collection(ClusterTests.Name)]
public sealed class When_a_room_has_a_pulse(TestCluster cluster)
{
    private const string Fire = "\U0001F525";
    private const string Heart = "\u2764\uFE0F";

    [Fact]
    public async Task Should_count_reactions_to_the_song_and_to_messages()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        var entries = await room.EnqueueAsync("owner", ListeningRoom.Song(1), ListeningRoom.Song(2));
        var offset = await room.SayAsync("guest", "hello");

        foreach (var react in (React[])[new() { Emoji = Fire }, new() { Emoji = Heart }, new() { Emoji = Fire }, new() { Emoji = Fire, Offset = offset }])
            ListeningRoom.Done(await room.Talk.ReportAsync("owner", "Owner", react));
        ListeningRoom.Done(await room.Talk.ReportAsync("guest", "Guest", new React { Emoji = Fire }));
        await AdvanceAsync(room, 2);

        var song = await CountsAsync(room, "reactions", static counts => counts.Counts.Sum(static count => count.Count) == 4);
        Assert.Equal((entries[0], null), (song.EntryId, song.Offset));
        Assert.Equal([new ReactionCount { Emoji = Fire, Count = 3 }, new ReactionCount { Emoji = Heart, Count = 1 }], song.Counts);
        var message = await CountsAsync(room, $"reactions:{offset}", static _ => true);
        Assert.Equal((null, offset, 1), (message.EntryId, message.Offset, Assert.Single(message.Counts).Count));
        Assert.DoesNotContain(cluster.Log.KeptOf(RoomId.ChatOf(room.Id)), publication => publication.Event == "reactions");
        Assert.Empty(cluster.Log.KeptOf(RoomId.PulseOf(room.Id)));

        ListeningRoom.Done(await room.Grain.SkipAsync(room.Command("owner"), entries[0]));
        await AdvanceAsync(room, 2);
        ListeningRoom.Done(await room.Talk.ReportAsync("guest", "Guest", new React { Emoji = Heart }));
        await AdvanceAsync(room, 2);

        var next = await CountsAsync(room, "reactions", counts => counts.EntryId == entries[1]);
        Assert.Equal(1, Assert.Single(next.Counts).Count);
    }

    [Fact]
    public async Task Should_answer_who_is_muted_in_the_shadow_as_anybody_and_count_it_for_nobody_else()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "troll");
        var entries = await room.EnqueueAsync("owner", ListeningRoom.Song(1));
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new UpdateSettings { AllowsShadowMute = true } }));
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new ApplySanction { Kind = SanctionKind.ShadowMute, UserId = "troll" } }));

        foreach (var user in new[] { "owner", "troll" })
        {
            for (var number = 0; number < 5; number++)
                ListeningRoom.Done(await room.Talk.ReportAsync(user, user, new React { Emoji = Fire }));
            Assert.Equal(RefusalCode.RateLimited, (await room.Talk.ReportAsync(user, user, new React { Emoji = Fire })).Refusal?.Code);
        }

        await AdvanceAsync(room, 2);
        var song = await CountsAsync(room, "reactions", static counts => counts.Counts.Sum(static count => count.Count) >= 5);
        Assert.Equal((entries[0], 5), (song.EntryId, Assert.Single(song.Counts).Count));
        Assert.Equal(10, (await SeenAsync<ReactionCounts>(room, "troll", "reactions", static counts => counts.Counts.Sum(static count => count.Count) == 10)).Counts.Sum(static count => count.Count));
        Assert.Equal(5, (await SeenAsync<ReactionCounts>(room, "owner", "reactions", static _ => true)).Counts.Sum(static count => count.Count));
    }

    [Fact]
    public async Task Should_show_who_is_muted_in_the_shadow_their_own_pulse_as_anybodys_and_nobody_else()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "troll");
        var (common, own) = (await room.SayAsync("owner", "hello"), await room.SayAsync("troll", "hello"));
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new UpdateSettings { AllowsShadowMute = true } }));
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new ApplySanction { Kind = SanctionKind.ShadowMute, UserId = "troll" } }));

        ListeningRoom.Done(await room.Talk.ReportAsync("troll", "Troll", new SetTyping { IsTyping = true }));
        foreach (var offset in new[] { common, own })
            ListeningRoom.Done(await room.Talk.ReportAsync("troll", "Troll", new React { Emoji = Fire, Offset = offset }));
        await AdvanceAsync(room, 2);

        Assert.Equal(["troll"], (await SeenAsync<TypingMembers>(room, "troll", "typing", static typing => typing.Members.Length == 1)).Members.Select(static member => member.UserId));
        foreach (var offset in new[] { common, own })
            Assert.Equal(1, Assert.Single((await SeenAsync<ReactionCounts>(room, "troll", "reactions", counts => counts.Offset == offset)).Counts).Count);
        Assert.Empty((await PulseAsync(room)).For("owner").Publications);

        ListeningRoom.Done(await room.Talk.ReportAsync("owner", "Owner", new SetTyping { IsTyping = true }));
        ListeningRoom.Done(await room.Talk.ReportAsync("owner", "Owner", new React { Emoji = Heart, Offset = common }));
        await AdvanceAsync(room, 2);

        Assert.Equal(2, (await SeenAsync<TypingMembers>(room, "troll", "typing", static typing => typing.Members.Length == 2)).Members.Length);
        Assert.Equal(["owner"], (await SeenAsync<TypingMembers>(room, "owner", "typing", static _ => true)).Members.Select(static member => member.UserId));
        Assert.Equal([Heart, Fire], (await SeenAsync<ReactionCounts>(room, "troll", "reactions", static counts => counts.Counts.Length == 2)).Counts.Select(static count => count.Emoji));
        Assert.Equal([Heart], (await SeenAsync<ReactionCounts>(room, "owner", "reactions", static _ => true)).Counts.Select(static count => count.Emoji));

        ListeningRoom.Done(await room.TalkAsync("troll", new SendChat { Text = "said" }));
        await AdvanceAsync(room, 2);
        Assert.Equal(["owner"], (await SeenAsync<TypingMembers>(room, "troll", "typing", static typing => typing.Members.Length == 1)).Members.Select(static member => member.UserId));
    }

    [Fact]
    public async Task Should_tell_of_reactions_twice_a_second_at_most()
    {
        string[] users = [.. Enumerable.Range(0, 30).Select(number => $"user{number}")];
        var room = await ListeningRoom.OpenAsync(cluster, "owner", users);
        await room.EnqueueAsync("owner", ListeningRoom.Song(1));
        var before = (await PulseAsync(room)).Position.Offset;

        for (var step = 0; step < 20; step++)
        {
            foreach (var user in users)
                await room.Talk.ReportAsync(user, user, new React { Emoji = Fire });
            cluster.Time.Advance(TimeSpan.FromMilliseconds(100));
            await room.BarrierAsync();
        }

        await AdvanceAsync(room, 2);
        var counts = await CountsAsync(room, "reactions", static counts => counts.Counts.Sum(static count => count.Count) >= 30 * 5);
        Assert.InRange(Assert.Single(counts.Counts).Count, 30 * 5, 30 * (5 + (5 * 2)));
        Assert.InRange((await PulseAsync(room)).Position.Offset - before, 1, 6);
    }

    [Fact]
    public async Task Should_refuse_what_is_no_reaction_or_too_much()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest", "third", "fourth");
        var gone = await room.SayAsync("guest", "hello");
        Assert.Equal(RefusalCode.NothingPlaying, ListeningRoom.CodeOf(await room.Talk.ReportAsync("owner", null, new React { Emoji = Fire })));
        await room.EnqueueAsync("owner", ListeningRoom.Song(1));
        ListeningRoom.Done(await room.TalkAsync("guest", new DeleteChat { Offset = gone }));

        foreach (var emoji in (string[])["a", "1", "!", "", Fire + Fire, "word", "\u200D", new string('\u2764', 20)])
            Assert.Equal("emoji", (await room.Talk.ReportAsync("owner", null, new React { Emoji = emoji })).Refusal?.Detail);
        foreach (var emoji in (string[])["1\uFE0F\u20E3", "\U0001F1E9\U0001F1EA", "\U0001F44D\U0001F3FD", "\U0001F468\u200D\U0001F469\u200D\U0001F467"])
            ListeningRoom.Done(await room.Talk.ReportAsync("owner", null, new React { Emoji = emoji }));
        Assert.Equal(RefusalCode.MessageNotFound, ListeningRoom.CodeOf(await room.Talk.ReportAsync("owner", null, new React { Emoji = Fire, Offset = gone })));
        Assert.Equal(RefusalCode.NotMember, ListeningRoom.CodeOf(await room.Talk.ReportAsync("stranger", null, new React { Emoji = Fire })));

        for (var number = 0; number < 8; number++)
            ListeningRoom.Done(await room.Talk.ReportAsync(number < 4 ? "guest" : "third", null, new React { Emoji = char.ConvertFromUtf32(0x1F600 + number) }));
        var kinds = (await room.Talk.ReportAsync("fourth", null, new React { Emoji = Fire })).Refusal!;
        Assert.Equal((RefusalCode.RoomLimit, "12"), (kinds.Code, kinds.Detail));
        ListeningRoom.Done(await room.Talk.ReportAsync("guest", null, new React { Emoji = char.ConvertFromUtf32(0x1F600) }));
        var fast = (await room.Talk.ReportAsync("guest", null, new React { Emoji = char.ConvertFromUtf32(0x1F600) })).Refusal!;
        Assert.Equal((RefusalCode.RateLimited, 200), (fast.Code, fast.RetryAfterMs));
    }

    [Fact]
    public async Task Should_show_who_writes_for_six_seconds_or_until_they_say_it()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "guest");
        ListeningRoom.Done(await room.Talk.ReportAsync("owner", "Owner", new SetTyping { IsTyping = true }));
        await AdvanceAsync(room, 1);
        ListeningRoom.Done(await room.Talk.ReportAsync("guest", "Guest", new SetTyping { IsTyping = true }));
        await AdvanceAsync(room, 1);
        Assert.Equal(["Owner", "Guest"], (await WritingAsync(room, "owner", "guest")).Select(static member => member.DisplayName));

        await room.SayAsync("guest", "said");
        await AdvanceAsync(room, 2);
        await WritingAsync(room, "owner");

        await AdvanceAsync(room, 10);
        await WritingAsync(room);
        Assert.Empty(cluster.Log.KeptOf(RoomId.PulseOf(room.Id)));
    }

    [Fact]
    public async Task Should_show_who_writes_in_small_rooms_only()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", [.. Enumerable.Range(0, 50).Select(number => $"user{number}")]);

        var refusal = (await room.Talk.ReportAsync("owner", null, new SetTyping { IsTyping = true })).Refusal!;

        Assert.Equal((RefusalCode.RoomLimit, "50"), (refusal.Code, refusal.Detail));
    }

    [Fact]
    public async Task Should_take_nothing_of_who_is_muted()
    {
        var room = await ListeningRoom.OpenAsync(cluster, "owner", "troll");
        ListeningRoom.Done(await room.Grain.ActAsync(room.Command("owner") with { Action = new ApplySanction { UserId = "troll", Kind = SanctionKind.Mute } }));

        Assert.Equal(RefusalCode.Muted, ListeningRoom.CodeOf(await room.Talk.ReportAsync("troll", null, new React { Emoji = Fire })));
        Assert.Equal(RefusalCode.Muted, ListeningRoom.CodeOf(await room.Talk.ReportAsync("troll", null, new SetTyping { IsTyping = true })));
    }

    /// <summary>Half seconds, each after what the one before made due.</summary>
    private static Task AdvanceAsync(ListeningRoom room, int halfSeconds) => room.AdvanceAsync(TimeSpan.FromMilliseconds(500 * halfSeconds));

    private Task<Recovery> PulseAsync(ListeningRoom room) => cluster.Grains.GetChannel(RoomId.PulseOf(room.Id)).RecoverAsync(new RecoverRequest { RewindCount = 100 });

    /// <summary>The newest of a target, once it is as it is waited for: the chat tells of it beside its turns.</summary>
    private async Task<ReactionCounts> CountsAsync(ListeningRoom room, string key, Predicate<ReactionCounts> isMet) =>
        (await ToldAsync(room, async () => (await FindAsync(room, key))?.Read(WireJson.Default.ReactionCounts), counts => counts is not null && isMet(counts)))!;

    private Task<ImmutableArray<TypingMember>> WritingAsync(ListeningRoom room, params string[] userIds) => ToldAsync(
        room,
        async () => (await FindAsync(room, "typing"))?.Read(WireJson.Default.TypingMembers)?.Members ?? [],
        members => members.Select(static member => member.UserId).SequenceEqual(userIds));

    /// <summary>What it is about may be due only after the last step of time: a second more is little enough that nobody is forgotten who writes.</summary>
    private async Task<T> ToldAsync<T>(ListeningRoom room, Func<Task<T>> ask, Predicate<T> isMet)
    {
        for (var step = 0; step < 10 && !isMet(await ask()); step++)
        {
            cluster.Time.Advance(TimeSpan.FromMilliseconds(100));
            await room.BarrierAsync();
        }

        // On a busy machine all steps may have passed before what they are for was due.
        var asked = 0;
        return await Eventually.UntilAsync(
            async () =>
            {
                if (++asked % 10 == 0 && asked <= 200)
                    cluster.Time.Advance(TimeSpan.FromMilliseconds(100));
                return await ask();
            },
            isMet);
    }

    /// <summary>The newest of an event as a user gets it, once it is as it is waited for.</summary>
    private async Task<T> SeenAsync<T>(ListeningRoom room, string userId, string eventName, Predicate<T> isMet)
        where T : class => (await ToldAsync(
            room,
            async () => (await PulseAsync(room)).For(userId).Publications.Where(publication => publication.Event == eventName)
                .Select(static publication => (T?)(typeof(T) == typeof(TypingMembers) ? publication.Data.Read(WireJson.Default.TypingMembers) : (object?)publication.Data.Read(WireJson.Default.ReactionCounts)))
                .LastOrDefault(seen => eventName != "reactions" || isMet(seen!)),
            seen => seen is not null && isMet(seen)))!;

    private async Task<Payload?> FindAsync(ListeningRoom room, string key) => (await PulseAsync(room)).Publications.SingleOrDefault(publication => publication.Key == key)?.Data;
}
