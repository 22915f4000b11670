using WhatsSound.Publications;
using WhatsSound.Rooms;
using WhatsSound.Tests.Grains;

namespace WhatsSound.Tests.Simulation.Judges;

/// <summary>What people were told, to be held against what is there. Safe from any thread.</summary>
internal sealed class CommandLedger(Findings findings, RoomJudge judge, OrderJudge order, MemoryMessageLog log, string chatChannel)
{
    private readonly Lock _gate = new();
    private readonly List<SentCommand> _chats = [];
    private readonly SortedDictionary<(string EntryId, string UserId), (int? Value, long SentAtMs)> _votes = [];
    private readonly List<string> _refusedUrls = [];

    /// <summary>How many commands were carried out, as far as their senders know.</summary>
    public int AcknowledgedCount { get; private set; }

    public void Sent(SentCommand chat)
    {
        lock (_gate)
            _chats.Add(chat);
    }

    /// <summary>The vote as it was acknowledged; null while it is not known.</summary>
    public int? VoteOf(string entryId, string userId)
    {
        lock (_gate)
            return _votes.TryGetValue((entryId, userId), out var vote) ? vote.Value : 0;
    }

    public void Vote(string entryId, string userId, int? value, long sentAtMs)
    {
        lock (_gate)
            _votes[(entryId, userId)] = (value, sentAtMs);
    }

    public void Refused(string url)
    {
        lock (_gate)
            _refusedUrls.Add(url);
    }

    /// <summary>An acknowledged command is in the database, whatever is killed next (INV-R2).</summary>
    public void Acknowledged(SentCommand sent, RoomReceipt receipt)
    {
        lock (_gate)
            AcknowledgedCount++;
        var isKept = receipt.Position is { } position
            ? log.KeptOf(chatChannel).Any(kept => kept.Offset == position.Offset && kept.Id == sent.Command.CommandId)
            : judge.Room!.Revision >= receipt.Revision && receipt.EntryIds.All(judge.HasAdded);
        findings.Check(isKept, "INV-R2", () => $"{sent.What} was acknowledged, and is not in the database.");
    }

    public void CheckAll()
    {
        lock (_gate)
        {
            CheckChat();
            CheckQueue();
        }
    }

    /// <summary>What a client has seen of the chat is what is kept.</summary>
    public void CheckSeen(string who, IReadOnlyDictionary<long, Publication> seen)
    {
        var kept = log.KeptOf(chatChannel).ToDictionary(publication => publication.Offset);
        foreach (var (offset, line) in seen)
        {
            var found = kept.GetValueOrDefault(offset);
            findings.Check(found?.Id == line.Id, "INV-C1", () => $"{who} saw {line.Id} at {offset}, kept is {found?.Id}.");
            findings.Check(found?.Data == line.Data, "INV-C1", () => $"{who} has {line.Data} of {offset}, kept is {found?.Data}.");
        }
    }

    private void CheckQueue()
    {
        foreach (var url in _refusedUrls)
            findings.Check(!judge.HasUrl(url), "INV-R1", () => $"{url} was refused, and is there.");
        var entries = judge.Room!.Queue.Songs;
        foreach (var ((entryId, userId), (value, sentAtMs)) in _votes)
        {
            // The adder's own vote is fixed, and those of who was banned or timed out since are gone.
            if (value is { } told && !order.HasTakenVotes(userId, sentAtMs) && entries.TryGetValue(entryId, out var entry) && entry.AddedBy != userId)
                findings.Check(entry.VoteOf(userId) == told, "INV-Q3", () => $"{userId} voted {told} for {entryId}, and it has {entry.VoteOf(userId)}.");
        }

        foreach (var entry in entries.Values)
            findings.Check(entry.ToView().Score == 1 + entry.Votes.Values.Sum(), "INV-Q3", () => $"{entry.EntryId} shows {entry.ToView().Score}.");
    }

    private void CheckChat()
    {
        var kept = log.KeptOf(chatChannel);
        for (var i = 0; i < kept.Count; i++)
            findings.Check(kept[i].Offset == i + 1, "INV-C1", () => $"chat {kept[i].Offset} is in place {i + 1}.");
        var byId = kept.ToLookup(publication => publication.Id);
        foreach (var twice in byId.Where(same => same.Count() > 1))
            findings.Break("INV-C1", $"chat {twice.Key} is there {twice.Count()} times.");
        foreach (var sent in _chats)
        {
            var found = byId[sent.Command.CommandId].FirstOrDefault();
            if (sent.Receipt is { } receipt)
                findings.Check(found?.Offset == receipt.Position!.Value.Offset, "INV-C1", () => $"{sent.What} is at {found?.Offset}, not {receipt.Position}.");
            else if (sent.Refusal is { } refusal)
                findings.Check(found is null, "INV-C3", () => $"{sent.What} was refused with {refusal.Code}, and is there.");
        }
    }
}
