using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace WhatsSound.Grains.Rooms;

/// <summary>
/// The room's saved events on their way to its channels: in order per channel, again after a crash or while a channel is away, once for the channel, which
/// knows the ids. Bounded: beyond the bound only the newest of each kind wait, since each stands for itself.
/// </summary>
internal sealed class RoomOutbox(RoomChannels channels, RoomPositions positions, RoomOptions options, ILogger logger)
{
    /// <summary>What is not known to be published, oldest first.</summary>
    public ImmutableArray<OutboxEntry> Unsent { get; private set; } = [];

    /// <summary>What is to be saved when these are added.</summary>
    public ImmutableArray<OutboxEntry> With(ImmutableArray<OutboxEntry> added)
    {
        ImmutableArray<OutboxEntry> entries = [.. Unsent, .. added];
        if (entries.Length <= options.OutboxMax)
            return entries;
        var newest = entries.GroupBy(entry => (entry.Channel, entry.Event)).Select(kind => kind.Last()).ToHashSet();
        return [.. entries.Where(newest.Contains)];
    }

    /// <summary>After they were saved, or read.</summary>
    public void Take(ImmutableArray<OutboxEntry> saved) => Unsent = saved;

    /// <summary>Publishes what is unsent; channels do not wait for each other. Whether nothing is left.</summary>
    public async Task<bool> DrainAsync()
    {
        if (Unsent.IsEmpty)
            return true;
        var sent = await Task.WhenAll(Unsent.GroupBy(entry => entry.Channel, StringComparer.Ordinal).Select(SendInOrderAsync));
        Unsent = Unsent.RemoveRange(sent.SelectMany(entries => entries));
        return Unsent.IsEmpty;
    }

    private async Task<List<OutboxEntry>> SendInOrderAsync(IEnumerable<OutboxEntry> entries)
    {
        var sent = new List<OutboxEntry>();
        foreach (var entry in entries)
        {
            var answer = await channels.AskAsync(entry.Channel, channel => channel.PublishAsync(entry.ToRequest()));
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
