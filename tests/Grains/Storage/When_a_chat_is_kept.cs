using Dapper;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Grains.Storage;
using WhatsSound.Presence;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Grains.Storage;

/// <summary>The chat on each database, over the end of a process that wrote nothing as it ended.</summary>
public sealed class When_a_chat_is_kept
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private int _commands;

    public static TheoryData<StorageProvider> Providers => [StorageProvider.Sqlite, StorageProvider.Postgresql];

    [Theory]
    [MemberData(nameof(Providers))]
    public async Task Should_have_messages_as_they_were_changed_last_and_nothing_of_what_was_taken_back(StorageProvider provider)
    {
        await using var test = await TestDatabase.CreateAsync(provider);
        await using var killed = await DatabaseHost.StartGrainsAsync(test, _time);
        var before = ChatOf(killed);
        Assert.Null((await killed.Grains.GetGrain<IRoomGrain>(RoomId.KeyOf("den")).ActAsync(Command(new CreateRoom { Settings = new RoomSettings { Name = "Den" } }))).Refusal);
        await JoinAsync(killed);
        var first = Command(new SendChat { Text = "helo" });
        foreach (var command in (RoomCommand[])[first, Command(new SendChat { Text = "a secret" }), Command(new SendChat { Text = "third" })])
            Assert.Null((await before.ActAsync(command)).Refusal);
        Assert.Null((await before.ActAsync(Command(new EditChat { Offset = 1, Text = "hello" }))).Refusal);
        var deletion = Command(new DeleteChat { Offset = 2 });
        var deleted = (await before.ActAsync(deletion)).Value!;

        // The next process opens what the one before has left.
        await using var host = await DatabaseHost.StartGrainsAsync(test, _time);
        var chat = ChatOf(host);
        var snapshot = await JoinAsync(host);

        Assert.Equal([(1, "hello", false), (2, "", true), (3, "third", false)], Said(snapshot.Chat));
        Assert.Equal([(1, "hello", false), (2, "", true), (3, "third", false)], Said((await chat.GetPageAsync("ada", new ChatPageRequest { CountMax = 100 })).Value!.Lines));
        Assert.Equal([(2, "", true)], Said((await chat.GetPageAsync("ada", new ChatPageRequest { CountMax = 1, Before = 3 })).Value!.Lines));
        Assert.Equal([(3, "third", false)], Said((await chat.GetPageAsync("ada", new ChatPageRequest { CountMax = 100, After = 2 })).Value!.Lines));
        Assert.Equal(deleted.Position, (await chat.ActAsync(deletion)).Value!.Position);
        Assert.Equal(1, (await chat.ActAsync(first)).Value!.Position!.Value.Offset);

        // Four of a burst of five are taken: what was said before the crash, and changed.
        Assert.Equal(6, (await chat.ActAsync(Command(new SendChat { Text = "fifth" }))).Value!.Position!.Value.Offset);
        Assert.Equal(RefusalCode.RateLimited, (await chat.ActAsync(Command(new SendChat { Text = "sixth" }))).Refusal?.Code);
        await using var connection = await test.Database.DataSource.OpenConnectionAsync(TestContext.Current.CancellationToken);
        Assert.DoesNotContain(
            await connection.QueryAsync<byte[]>("SELECT Data FROM PublicationLog"), static data => System.Text.Encoding.UTF8.GetString(data).Contains("secret", StringComparison.Ordinal));
    }

    private static IEnumerable<(long Offset, string Text, bool IsDeleted)> Said(IEnumerable<WhatsSound.Publications.Publication> lines) =>
        lines.Select(static line => (line.Offset, Message: line.Data.Read(WireJson.Default.ChatMessage)!)).Select(static line => (line.Offset, line.Message.Text, line.Message.IsDeleted));

    private static IChatGrain ChatOf(DatabaseHost host) => host.Grains.GetGrain<IChatGrain>(RoomId.KeyOf("den"));

    private async Task<RoomSnapshot> JoinAsync(DatabaseHost host)
    {
        var entry = new PresenceEntry { UserId = "ada", ConnectionId = $"c{_commands}", GatewayId = Guid.NewGuid() };
        return Assert.IsType<RoomSnapshot>((await host.Grains.GetGrain<IRoomGrain>(RoomId.KeyOf("den")).JoinAsync(Command(new JoinRoom()), entry)).Value);
    }

    private RoomCommand Command(RoomAction action) => new() { CommandId = $"c{++_commands}", UserId = "ada", DisplayName = "Ada", Action = action };
}
