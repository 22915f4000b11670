using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// The room's saved events on their way to its channels: in order per channel, again while a channel is away, once for the channel, which knows the ids.
/// After a crash, and beyond the bound, only the newest of each kind: each stands for itself.
/// </summary>
internal sealed class RoomOutbox(string roomId, RoomChannels channels, RoomPositions positions, RoomOptions options, ILogger logger)
{
    /// <summary>What is not known to be published, oldest first.</summary>
    public ImmutableArray<OutboxEntry> Unsent { get; private set; } = [];

    /// <summary>What is to be saved when these are added.</summary>
    public ImmutableArray<OutboxEntry> With(ImmutableArray<OutboxEntry> added)
    {
        ImmutableArray<OutboxEntry> entries = [.. Unsent, .. added];
        return entries.Length <= options.OutboxMax ? entries : NewestOfEachKind(entries);
    }

    /// <summary>After they were saved.</summary>
    public void Take(ImmutableArray<OutboxEntry> saved) => Unsent = saved;

    /// <summary>
    /// After they were read. Nobody knows which of them are published; a channel that has lost its memory too would publish all of them again, older ones
    /// after newer. So only the newest of each kind is published: it cannot be older than what anybody has seen.
    /// </summary>
    public void Resume(ImmutableArray<OutboxEntry> saved) => Unsent = NewestOfEachKind(saved);

    /// <summary>Publishes what is unsent; channels do not wait for each other. Whether nothing is left.</summary>
    public async Task<bool> DrainAsync()
    {
        if (Unsent.IsEmpty)
            return true;
        var sent = await Task.WhenAll(Unsent.GroupBy(entry => entry.Channel, StringComparer.Ordinal).Select(SendInOrderAsync));
        Unsent = Unsent.RemoveRange(sent.SelectMany(entries => entries));
        return Unsent.IsEmpty;
    }

    private static ImmutableArray<OutboxEntry> NewestOfEachKind(ImmutableArray<OutboxEntry> entries)
    {
        var newest = entries.GroupBy(entry => (entry.Channel, entry.Event)).Select(kind => kind.Last()).ToHashSet();
        return [.. entries.Where(newest.Contains)];
    }

    private async Task<List<OutboxEntry>> SendInOrderAsync(IEnumerable<OutboxEntry> entries)
    {
        var sent = new List<OutboxEntry>();
        foreach (var entry in entries)
        {
            var answer = await channels.AskAsync(entry.Channel, channel => channel.PublishAsync(entry.ToRequest(roomId)));
            if (answer is null or { Refusal.Retryable: true })
                break;
            sent.Add(entry);
            if (answer.IsRefused)
                logger.PublicationRefused(entry.Channel, entry.Id, answer.Refusal.Code, answer.Refusal.Message);
            else
                positions.Took(entry.Channel, answer.Value.Position);
        }

        return sent;
    }
}
