using System.Collections.Immutable;

namespace WhatsSound.Grains.Queue;

/// <summary>
/// The order of the queue, as a pure function of what happened to it: no clock, no chance. <see cref="FairSchedule"/> has the rule.
/// </summary>
internal static class QueueRules
{
    /// <summary>A contributor who left keeps their place in the rounds this long: leaving and coming back is no way to the front.</summary>
    public static readonly TimeSpan TagAge = TimeSpan.FromHours(2);

    /// <summary>How many contributors are remembered besides those with songs queued; beyond it those served least recently are forgotten.</summary>
    public const int TagsMax = 1000;

    public static QueueState Add(QueueState queue, QueueEntry entry) => queue with
    {
        Entries = queue.Entries.Add(entry.EntryId, entry),
        LastSequence = Math.Max(queue.LastSequence, entry.Sequence),
    };

    public static QueueState Remove(QueueState queue, string entryId) => queue with { Entries = queue.Entries.Remove(entryId) };

    public static QueueState SetVote(QueueState queue, string entryId, string userId, int value) =>
        queue with { Entries = queue.Entries.SetItem(entryId, queue.Entries[entryId].WithVote(userId, value)) };

    /// <summary>Takes an entry out because it starts now, and charges its contributor: the playing song counts at once.</summary>
    public static QueueState Serve(QueueState queue, string entryId, long nowMs)
    {
        var userId = queue.Entries[entryId].AddedBy;
        var entries = queue.Entries.Remove(entryId);
        var finish = FairSchedule.FinishAfterServing(FinishOf(queue, userId), queue.VirtualTime);
        var tags = queue.Tags.SetItem(userId, new FairTag(finish, nowMs));
        var backlogged = entries.Values.Select(entry => entry.AddedBy).ToHashSet(StringComparer.Ordinal);
        return queue with
        {
            Entries = entries,
            Tags = Forget(tags, backlogged, nowMs),
            VirtualTime = FairSchedule.VirtualTimeAfter(
                queue.VirtualTime, finish, backlogged.Select(user => tags.GetValueOrDefault(user)?.Finish ?? 0)),
        };
    }

    /// <summary>The entry to start next; null if nothing is queued.</summary>
    public static QueueEntry? Next(QueueState queue) => new FairSchedule(queue).TakeNext();

    /// <summary>The order in which the next <paramref name="countMax"/> entries would start if nothing changed.</summary>
    public static ImmutableArray<QueueEntry> Preview(QueueState queue, int countMax)
    {
        var schedule = new FairSchedule(queue);
        var order = ImmutableArray.CreateBuilder<QueueEntry>(Math.Min(countMax, queue.Entries.Count));
        while (order.Count < countMax && schedule.TakeNext() is { } entry)
            order.Add(entry);
        return order.ToImmutable();
    }

    public static int CountOf(QueueState queue, string userId) => queue.Entries.Values.Count(entry => entry.AddedBy == userId);

    private static long FinishOf(QueueState queue, string userId) => queue.Tags.GetValueOrDefault(userId)?.Finish ?? 0;

    private static ImmutableDictionary<string, FairTag> Forget(ImmutableDictionary<string, FairTag> tags, HashSet<string> backlogged, long nowMs)
    {
        var oldestMs = nowMs - (long)TagAge.TotalMilliseconds;
        var idle = tags.Where(tag => !backlogged.Contains(tag.Key)).ToList();
        var forgotten = idle.Where(tag => tag.Value.ServedAtMs < oldestMs).Select(tag => tag.Key).ToList();
        if (idle.Count - forgotten.Count > TagsMax)
        {
            forgotten = [.. idle.OrderByDescending(tag => tag.Value.ServedAtMs).ThenBy(tag => tag.Key, StringComparer.Ordinal)
                .Skip(TagsMax).Select(tag => tag.Key)];
        }

        return tags.RemoveRange(forgotten);
    }
}
