using System.Collections.Immutable;
using Microsoft.Extensions.Logging;
using WhatsSound.Rooms;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// What the room's channels are still to be told: in order per channel, again while a channel is away, once for the channel, which knows the ids. It follows from the
/// journal, and is in no row but a snapshot. What has a key stands for itself: after a crash, and beyond the bound, the newest of each key is enough. What has none
/// is never left out: at the bound, the room takes no more commands. What users are told in their own channels has a bound of its own, at which the oldest goes: the
/// room does not depend on theirs. So do songs that were played: nobody is shown more than the last.
/// </summary>
internal sealed class RoomOutbox(string roomId, RoomChannels channels, RoomPositions positions, RoomOptions options, ILogger logger)
{
    /// <summary>What is not known to be published, oldest first.</summary>
    public ImmutableArray<OutboxEntry> Unsent { get; private set; } = [];

    /// <summary>Whether as many wait as may, of those that cannot be left out.</summary>
    public bool IsFull => Unsent.Length >= options.OutboxMax && Unsent.Count(static entry => entry.Key is null) >= options.OutboxMax;

    /// <summary>Whether the room's own channels have been told everything: whoever comes waits for no other.</summary>
    public bool IsRoomTold => !Unsent.Any(IsRooms);

    /// <summary>What users are to be told, oldest first; beside the room's turns, by <see cref="NoticeLanes"/>.</summary>
    public IEnumerable<OutboxEntry> ForUsers => Unsent.Where(entry => !IsRooms(entry));

    /// <summary>Up to which entry of the journal everything is published.</summary>
    public long PublishedUpTo(long number) => Unsent.IsEmpty ? number : Math.Max(0, Unsent.Min(static entry => entry.Number) - 1);

    /// <summary>Adds what an entry of the journal leads to.</summary>
    public void Add(ImmutableArray<OutboxEntry> added, long number)
    {
        ImmutableArray<OutboxEntry> entries = [.. Unsent, .. added.Select(entry => entry with { Number = number })];
        Unsent = entries.Length <= options.OutboxMax ? entries : NewestOfEachKey(entries);
    }

    /// <summary>
    /// After they were read. Nobody knows which of them are published; a channel that has lost its memory too would publish all of them again, older ones
    /// after newer. So of each key only the newest is published: it cannot be older than what anybody has seen.
    /// </summary>
    public void Resume(ImmutableArray<OutboxEntry> unsent) => Unsent = NewestOfEachKey(unsent);

    /// <summary>The room's own channels that are still to be told something.</summary>
    public IEnumerable<string> Channels => Unsent.Where(IsRooms).Select(static entry => entry.Channel).Distinct(StringComparer.Ordinal);

    /// <summary>What a channel is to be told next; null: nothing.</summary>
    public OutboxEntry? FirstOf(string channel) => Unsent.FirstOrDefault(entry => entry.Channel == channel);

    /// <summary>Publishes an entry to one of the room's own channels, and takes it out. False: it did not answer in time, or cannot now. Throws nothing.</summary>
    public async Task<bool> PublishAsync(OutboxEntry entry)
    {
        var answer = await channels.AskAsync(entry.Channel, channel => channel.PublishAsync(entry.ToRequest(roomId)));
        if (answer is null or { Refusal.Retryable: true })
            return false;
        Sent([entry]);
        if (answer.IsRefused)
            logger.PublicationRefused(entry.Channel, entry.Id, answer.Refusal.Code, answer.Refusal.Message);
        else
            positions.Took(entry.Channel, answer.Value.Position);
        return true;
    }

    /// <summary>These are published.</summary>
    public void Sent(IEnumerable<OutboxEntry> entries) => Unsent = Unsent.RemoveRange(entries);

    private bool IsRooms(OutboxEntry entry) => string.Equals(RoomId.InChannel(entry.Channel), roomId, StringComparison.Ordinal);

    private ImmutableArray<OutboxEntry> NewestOfEachKey(ImmutableArray<OutboxEntry> entries)
    {
        var newest = entries.Where(entry => entry.Key is not null).GroupBy(entry => (entry.Channel, entry.Key)).Select(same => same.Last()).ToHashSet();
        var left = entries.Where(entry => entry.Key is null || newest.Contains(entry)).ToList();
        var others = left.Where(MayGo).TakeLast(options.OutboxMax).ToHashSet();
        return [.. left.Where(entry => !MayGo(entry) || others.Contains(entry))];
    }

    /// <summary>What has as many keys as there are users or songs: at the bound the oldest goes.</summary>
    private bool MayGo(OutboxEntry entry) => !IsRooms(entry) || entry.Event == RoomEvents.Played;
}
