using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using WhatsSound.Channels;
using WhatsSound.Grains.Storage;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Storage.LastVersion;

/// <summary>Real clients filled it, and kill -9 ended its server. Everything that was acknowledged is there for this version's program.</summary>
public sealed class When_a_database_is_of_the_last_version
{
    public static TheoryData<StorageProvider> Providers => [StorageProvider.Sqlite, StorageProvider.Postgresql];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Should_have_the_rooms_as_they_were(StorageProvider provider)
    {
        await using var old = await OldDatabase.OpenAsync(provider);
        foreach (var (roomId, userId) in new[] { ("jazz", "ann"), ("cafe", "dan") })
        {
            var seen = old.Seen[roomId]!;
            var now = JsonSerializer.SerializeToNode(await old.JoinAsync(roomId, userId), WireJson.Default.RoomSnapshot)!;
            foreach (var part in new[] { "name", "description", "isListed" })
                AssertSame(seen["settings"]![part], now["settings"]![part], $"{roomId} settings {part}");
            foreach (var part in new[] { "ownerUserId", "hostUserId", "myRole", "history", "chat", "chatHasMore", "myVotes" })
                AssertSame(seen[part], now[part], $"{roomId} {part}");
            foreach (var part in new[] { "current", "window", "total" })
                AssertSame(seen["queue"]![part], now["queue"]![part], $"{roomId} queue {part}");
            foreach (var part in new[] { "entryId", "status", "durationMs", "ratePermille" })
                AssertSame(seen["playback"]![part], now["playback"]![part], $"{roomId} playback {part}");
        }
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Should_go_on_with_the_numbering_of_channels(StorageProvider provider)
    {
        await using var old = await OldDatabase.OpenAsync(provider);
        foreach (var channel in new[] { "room:jazz:chat", "room:jazz:playback" })
        {
            var known = old.Seen["jazz"]!["positions"]![channel].Deserialize(WireJson.Default.Position);
            var recovery = await old.Host.Grains.GetChannel(channel).RecoverAsync(new() { Since = known });
            Assert.Equal((Verdict.Recovered, known), (recovery.Verdict, recovery.Position));
        }

        var notes = old.Host.Grains.GetChannel("notes:1");
        var head = old.Seen["notes"]!["position"].Deserialize(WireJson.Default.Position);
        var missed = await notes.RecoverAsync(new() { Since = head with { Offset = 1 } });
        var seen = old.Seen["notes"]!["publications"]!.AsArray();
        seen.RemoveAt(0);
        AssertSame(seen, JsonSerializer.SerializeToNode(missed, WireJson.Default.Recovery)!["publications"], "notes");

        var again = await notes.PublishAsync(new() { Id = "note-2", Event = "note", Publisher = "ann" });
        Assert.Equal(head with { Offset = 2 }, again.Value!.Position);
        var next = await notes.PublishAsync(new() { Id = "note-4", Event = "note", Publisher = "ann" });
        Assert.Equal(head with { Offset = 4 }, next.Value!.Position);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Should_show_what_was_said_and_let_it_be_changed(StorageProvider provider)
    {
        await using var old = await OldDatabase.OpenAsync(provider);
        var seen = old.Seen["jazz"]!["chat"]!.AsArray();
        var author = (string)seen[^1]!["publisher"]!;
        await old.JoinAsync("jazz", author);
        var page = await PageAsync();
        AssertSame(seen, JsonSerializer.SerializeToNode(page, WireJson.Default.ChatPage)!["lines"], "chat");

        var edit = new RoomCommand { CommandId = "edit", UserId = author, Action = new EditChat { Offset = page.Lines[^1].Offset, Text = "said anew" } };
        var answer = await old.Host.Grains.GetGrain<IChatGrain>(RoomId.KeyOf("jazz")).ActAsync(edit);
        Assert.Null(answer.Refusal);
        await old.KillAsync();
        await old.JoinAsync("jazz", author);

        var now = await PageAsync();
        Assert.Equal(page.Lines.Select(line => line.Offset), now.Lines.Select(line => line.Offset));
        Assert.Equal("said anew", now.Lines[^1].Data.Read(WireJson.Default.ChatMessage)!.Text);

        async Task<ChatPage> PageAsync() =>
            (await old.Host.Grains.GetGrain<IChatGrain>(RoomId.KeyOf("jazz")).GetPageAsync(author, new ChatPageRequest { CountMax = 100 })).Value!;
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Should_remember_answers_and_publish_what_was_not_known_to_be_published(StorageProvider provider)
    {
        await using var old = await OldDatabase.OpenAsync(provider);
        var row = await old.RowOfAsync("jazz");
        await old.JoinAsync("jazz", "bob");

        var kept = row["receipts"]!.AsArray().Last(one => (string?)one!["userId"] == "bob" && one["receipt"]!["entryIds"]!.AsArray().Count > 0)!;
        var again = await old.Room("jazz").EnqueueAsync(
            new() { CommandId = (string)kept["commandId"]!, UserId = "bob", Action = new JoinRoom() },
            [new() { Url = "https://songs.example/x.mp3", Title = "x", DurationMs = 1000 }]);
        AssertSame(kept["receipt"]!["entryIds"], JsonSerializer.SerializeToNode(again.Value!, WireJson.Default.RoomReceipt)!["entryIds"], "receipt");

        var unsent = Assert.Single(row["outbox"]!.AsArray())!;
        old.Time.Advance(TimeSpan.FromSeconds(1));
        await old.JoinAsync("jazz", "cat");
        var published = await old.Host.Grains.GetChannel((string)unsent["channel"]!).RecoverAsync(new() { RewindCount = 100 });
        Assert.Contains(published.Publications, one => one.Id == (string)unsent["id"]! && one.Event == (string)unsent["event"]!);
    }

    /// <summary>That version crashed before the room knew that it was published: the room publishes it again, under its own name now.</summary>
    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Should_know_what_a_room_had_published(StorageProvider provider)
    {
        await using var old = await OldDatabase.OpenAsync(provider);
        var playback = old.Host.Grains.GetChannel("room:jazz:playback");
        var published = (await playback.RecoverAsync(new() { RewindCount = 100 })).Publications.Last(static one => one.Publisher is null);

        var again = await playback.PublishAsync(
            new() { Id = published.Id, Event = published.Event, Key = published.Key, Data = published.Data, Publisher = "jazz", PublisherKind = PublisherKind.Room });

        Assert.Equal(published.Offset, again.Value!.Position.Offset);
    }

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Should_list_the_rooms_and_find_the_reminder_of_the_one_that_plays(StorageProvider provider)
    {
        await using var old = await OldDatabase.OpenAsync(provider);
        var listed = await old.Host.Grains.GetGrain<IRoomDirectoryGrain>(IRoomDirectoryGrain.Key).ListAsync(10);
        Assert.Equal(
            old.Seen["rooms"]!["rooms"]!.AsArray().Select(room => ((string)room!["roomId"]!, (string)room["name"]!)).Order(),
            listed.Rooms.Select(room => (room.RoomId, room.Name)).Order());

        var reminders = old.Host.Services.GetRequiredService<IReminderTable>();
        Assert.Equal(["room-wake"], (await reminders.ReadRows(old.Room("jazz").GetGrainId())).Reminders.Select(reminder => reminder.ReminderName));
        Assert.Equal(unchecked((int)old.Room("jazz").GetGrainId().GetUniformHashCode()), await old.ReminderHashOfAsync("jazz"));
        Assert.Empty((await reminders.ReadRows(old.Room("cafe").GetGrainId())).Reminders);
    }

    /// <summary>The upgrade of a room has no step: its row stays as it is while its journal begins, until there is a snapshot.</summary>
    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Should_go_on_after_a_kill_in_the_middle_of_it(StorageProvider provider)
    {
        await using var old = await OldDatabase.OpenAsync(provider);
        var before = await old.JoinAsync("jazz", "ann");
        var row = await old.RowOfAsync("jazz");
        var command = new RoomCommand { CommandId = "after the upgrade", UserId = "ann", Action = new JoinRoom() };
        var added = (await old.Room("jazz").EnqueueAsync(command, [new() { Url = "https://songs.example/new.mp3", Title = "New", DurationMs = 60_000 }])).Value!;
        AssertSame(row, await old.RowOfAsync("jazz"), "row");

        await old.KillAsync();
        var after = await old.JoinAsync("jazz", "ann");

        Assert.Equal((before.Revision < added.Revision, before.Queue.Total + 1), (true, after.Queue.Total));
        Assert.Equal(added.EntryIds, (await old.Room("jazz").EnqueueAsync(command, [new() { Url = "https://songs.example/new.mp3", Title = "New", DurationMs = 60_000 }])).Value!.EntryIds);
        Assert.Equal(before.History.Select(item => item.EntryId), after.History.Select(item => item.EntryId));
    }

    private static void AssertSame(JsonNode? expected, JsonNode? actual, string what)
    {
        var known = actual?.DeepClone();
        RemoveNew(expected, known);
        Assert.True(JsonNode.DeepEquals(expected, known), $"{what}: {expected?.ToJsonString()} became {actual?.ToJsonString()}");
    }

    private static bool SaysNothing(JsonNode? value) => value?.ToJsonString() is null or "false" or "0";

    /// <summary>Takes out the members that the last version did not have, where they say nothing.</summary>
    private static void RemoveNew(JsonNode? expected, JsonNode? actual)
    {
        if (expected is JsonObject before && actual is JsonObject now)
        {
            foreach (var name in now.Where(member => SaysNothing(member.Value) && !before.ContainsKey(member.Key)).Select(member => member.Key).ToList())
                now.Remove(name);
            foreach (var (name, value) in now)
                RemoveNew(before[name], value);
        }
        else if (expected is JsonArray elementsBefore && actual is JsonArray elements)
        {
            foreach (var (elementBefore, element) in elementsBefore.Zip(elements))
                RemoveNew(elementBefore, element);
        }
    }
}
