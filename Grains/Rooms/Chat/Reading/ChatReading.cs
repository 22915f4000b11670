using System.Collections.Immutable;
using WhatsSound.Channels;
using WhatsSound.Publications;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>Reads a chat as it is now. Between messages there are changes of others, which are no messages: a page is read until it has as many messages as were asked for, or there are no more.</summary>
internal sealed class ChatReading(RoomChannels channels, string channel)
{
    /// <summary>How many pages of the log one page of messages may take: where everything is edited many times over, it has fewer messages, and the next page goes on.</summary>
    private const int StepsMax = 5;

    private const int StepMax = PublicationLimits.RewindCountMax;

    /// <summary>How far the chat has come. Null: the channel does not answer.</summary>
    public Task<Position?> FindHeadAsync() => channels.FindHeadAsync(channel);

    /// <summary>A page, for a user. Null: the channel does not answer.</summary>
    public Task<ChatPage?> ReadAsync(string userId, ChatPageRequest request) =>
        request is { Before: null, After: { } after } ? ReadOnAsync(userId, after, request.CountMax) : ReadBackAsync(userId, request.Before ?? long.MaxValue, request.CountMax);

    /// <summary>Has the channel know all that the log has. Null, or why it cannot.</summary>
    public async Task<Refusal?> CatchUpAsync() => (await channels.AskAsync(channel, static grain => grain.CatchUpAsync()))?.Refusal;

    /// <summary>What was published lately, the oldest first: not older than a time, and no more than a bound. Null: the channel does not answer.</summary>
    public async Task<HistoryPage?> ReadSinceAsync(long sinceMs, int countMax)
    {
        ImmutableArray<Publication> found = [];
        for (var before = long.MaxValue; ; before = found[0].Offset)
        {
            if (await StepAsync(new HistoryRequest { Before = before, CountMax = StepMax }) is not { } page)
                return null;
            found = [.. page.Publications, .. found];
            if (page.Publications.Length < StepMax || page.Publications[0].TimeMs < sinceMs || found.Length >= countMax)
                return page with { Publications = [.. found.Where(publication => publication.TimeMs >= sinceMs)] };
        }
    }

    /// <summary>The message of a number, as it is now, for a user; MESSAGE_NOT_FOUND also of one that was taken back, or that only somebody else has.</summary>
    public async Task<Answer<ChatLine>> FindAsync(string userId, long offset)
    {
        if (await StepAsync(new HistoryRequest { After = offset - 1, CountMax = 1 }) is not { } page)
            return RoomRefusals.NotReady();
        return page.Publications is [{ Event: RoomEvents.Chat, Publisher: { } author } found] && found.Offset == offset && found.For(userId)?.Data.Read(WireJson.Default.ChatMessage) is { IsDeleted: false } message
            ? new ChatLine(offset, author, found.TimeMs, message, IsAuthorsOnly: found.OnlyFor is not null)
            : NoMessage(offset);
    }

    public static Refusal NoMessage(long offset) =>
        Refusals.Final(RefusalCode.MessageNotFound, "There is no such message, or it was taken back.", offset.ToString(System.Globalization.CultureInfo.InvariantCulture));

    private async Task<ChatPage?> ReadBackAsync(string userId, long before, int countMax)
    {
        ImmutableArray<Publication> lines = [];
        for (var step = 0; ; step++)
        {
            if (await StepAsync(new HistoryRequest { Before = before, CountMax = StepMax }) is not { } page)
                return null;
            lines = [.. ChatTail.LinesOf(page.Publications, userId), .. lines];
            if (lines.Length > countMax)
                return new ChatPage { Lines = lines[^countMax..], Next = lines[^countMax].Offset, Position = page.Position };
            if (page.Publications.Length < StepMax)
                return new ChatPage { Lines = lines, Position = page.Position };
            before = page.Publications[0].Offset;
            if (step == StepsMax)
                return new ChatPage { Lines = lines, Next = before, Position = page.Position };
        }
    }

    private async Task<ChatPage?> ReadOnAsync(string userId, long after, int countMax)
    {
        ImmutableArray<Publication> lines = [];
        for (var step = 0; ; step++)
        {
            if (await StepAsync(new HistoryRequest { After = after, CountMax = StepMax }) is not { } page)
                return null;
            lines = [.. lines, .. ChatTail.LinesOf(page.Publications, userId)];
            if (lines.Length > countMax)
                return new ChatPage { Lines = lines[..countMax], Next = lines[countMax - 1].Offset, Position = page.Position };
            if (page.Publications.Length < StepMax)
                return new ChatPage { Lines = lines, Position = page.Position };
            after = page.Publications[^1].Offset;
            if (step == StepsMax)
                return new ChatPage { Lines = lines, Next = after, Position = page.Position };
        }
    }

    private Task<HistoryPage?> StepAsync(HistoryRequest request) => channels.AskAsync(channel, grain => grain.ReadHistoryAsync(request));
}
