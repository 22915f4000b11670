using WhatsSound.Rooms;
using WhatsSound.Tests.Simulation.Judges;

namespace WhatsSound.Tests.Simulation;

/// <summary>What people were told, to be held against what is there.</summary>
internal sealed class CommandLedger(SimulatedWorld world)
{
    private readonly List<SentCommand> _chats = [];
    private readonly SortedDictionary<(string EntryId, string UserId), int?> _votes = [];
    private readonly List<string> _refusedUrls = [];

    public void Sent(SentCommand chat) => _chats.Add(chat);

    /// <summary>The vote as it was acknowledged; null while it is not known.</summary>
    public int? VoteOf(string entryId, string userId) => _votes.TryGetValue((entryId, userId), out var value) ? value : 0;

    public void Vote(string entryId, string userId, int? value) => _votes[(entryId, userId)] = value;

    public void Refused(string url) => _refusedUrls.Add(url);

    /// <summary>An acknowledged command is in the database, whatever is killed next (INV-R2).</summary>
    public void Acknowledged(SentCommand sent, RoomReceipt receipt)
    {
        var isKept = receipt.Position is { } position
            ? world.Database.Log.KeptOf(RoomId.ChatOf(SimulatedWorld.RoomName)).Any(kept => kept.Offset == position.Offset && kept.Id == sent.Command.CommandId)
            : world.Judge.Room!.Revision >= receipt.Revision && receipt.EntryIds.All(world.Judge.Added.Contains);
        world.Findings.Check(isKept, "INV-R2", () => $"{sent.What} was acknowledged, and is not in the database.");
    }

    public void CheckAll()
    {
        CheckChat();
        foreach (var url in _refusedUrls)
            world.Findings.Check(!world.Judge.Urls.Contains(url), "INV-R1", () => $"{url} was refused, and is there.");
        var entries = world.Judge.Room!.Queue.Entries;
        foreach (var ((entryId, userId), value) in _votes)
        {
            // The adder's own vote is fixed.
            if (value is { } told && entries.TryGetValue(entryId, out var entry) && entry.AddedBy != userId)
                world.Findings.Check(entry.VoteOf(userId) == told, "INV-Q3", () => $"{userId} voted {told} for {entryId}, and it has {entry.VoteOf(userId)}.");
        }

        foreach (var entry in entries.Values)
            world.Findings.Check(entry.ToView().Score == 1 + entry.Votes.Values.Sum(), "INV-Q3", () => $"{entry.EntryId} shows {entry.ToView().Score}.");
    }

    private void CheckChat()
    {
        var kept = world.Database.Log.KeptOf(RoomId.ChatOf(SimulatedWorld.RoomName));
        for (var i = 0; i < kept.Count; i++)
            world.Findings.Check(kept[i].Offset == i + 1, "INV-C1", () => $"chat {kept[i].Offset} is in place {i + 1}.");
        var byId = kept.ToLookup(publication => publication.Id);
        foreach (var twice in byId.Where(same => same.Count() > 1))
            world.Findings.Break("INV-C1", $"chat {twice.Key} is there {twice.Count()} times.");
        foreach (var sent in _chats)
        {
            var found = byId[sent.Command.CommandId].FirstOrDefault();
            if (sent.Receipt is { } receipt)
                world.Findings.Check(found?.Offset == receipt.Position!.Value.Offset, "INV-C1", () => $"{sent.What} is at {found?.Offset}, not {receipt.Position}.");
            else if (sent.Refusal is { } refusal)
                world.Findings.Check(found is null, "INV-C3", () => $"{sent.What} was refused with {refusal.Code}, and is there.");
        }
    }
}
