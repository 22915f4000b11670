using WhatsSound.Rooms;
using WhatsSound.Users;

namespace WhatsSound.Tests.Simulation;

/// <summary>One run: a while of people and faults, then calm, and then everything must add up.</summary>
internal sealed class Storm(int seed)
{
    private static readonly TimeSpan StormTime = TimeSpan.FromSeconds(90);

    /// <summary>As long as a client may take to be back where it was.</summary>
    private static readonly TimeSpan RecoveryTime = TimeSpan.FromSeconds(60);

    /// <summary>Lease, settling, presence grace and host grace one after the other, and some.</summary>
    private static readonly TimeSpan CalmTime = TimeSpan.FromSeconds(120);

    private readonly SimulatedWorld _world = new(seed);

    public ulong TraceHash => _world.Simulation.TraceHash;

    public string Story => string.Join('\n', _world.Findings.Notes);

    public void Run() => _world.Simulation.Run(RunAsync);

    private async Task RunAsync()
    {
        await _world.StartAsync();
        var weather = new Weather(_world);
        var until = Now + StormTime;
        await AllAsync([weather.RageAsync(until), .. _world.Tabs.Select(tab => tab.Run(() => tab.LiveAsync(until)))]);

        weather.Clear();
        _world.Findings.Note("-- calm");
        var absent = _world.Tabs.Where(tab => tab.UserId != "cleo" && _world.Random.Next(4) == 0).ToList();
        foreach (var tab in absent)
            tab.Break();
        var present = _world.Tabs.Except(absent).ToList();
        var settled = Now + RecoveryTime;
        await AllAsync([.. present.Select(tab => tab.Run(() => tab.SettleAsync(settled)))]);
        foreach (var tab in present)
            _world.Findings.Check(tab.IsSettled, "Liveness", () => $"{tab.Name} does not follow the room after {RecoveryTime}.");
        _world.ThrowIfBroken();

        await AllAsync([Task.Delay(CalmTime, _world.Time)]);
        await CheckAsync(present);
        _world.ThrowIfBroken();
    }

    private TimeSpan Now => TimeSpan.FromMilliseconds(_world.NowMs);

    private async Task AllAsync(IReadOnlyList<Task> tasks)
    {
        while (!tasks.All(task => task.IsCompleted))
        {
            await Task.Delay(TimeSpan.FromSeconds(1), _world.Time);
            _world.ThrowIfBroken();
        }

        await Task.WhenAll(tasks);
    }

    private async Task CheckAsync(List<SimulatedTab> present)
    {
        _world.Ledger.CheckAll();
        var users = present.Select(tab => tab.UserId).Distinct().Order(StringComparer.Ordinal).ToList();
        var snapshot = await ReadStillRoomAsync(present[0]);
        var members = snapshot.Presence.Members.Select(member => member.UserId).Order(StringComparer.Ordinal).ToList();
        _world.Findings.Check(members.SequenceEqual(users), "INV-M4", () => $"[{string.Join(' ', members)}] are here, [{string.Join(' ', users)}] are connected.");
        _world.Findings.Check(snapshot.Presence.Total == users.Count, "INV-M5", () => $"{snapshot.Presence.Total} are counted, {users.Count} are here.");
        _world.Findings.Check(users.Contains(snapshot.HostUserId!), "INV-M1", () => $"'{snapshot.HostUserId}' is host of [{string.Join(' ', users)}].");
        var chat = RoomId.ChatOf(SimulatedWorld.RoomName);
        var last = _world.Database.Log.KeptOf(chat).Where(kept => kept.Offset <= snapshot.Positions[chat].Offset).TakeLast(50).Select(kept => kept.Id).ToList();
        var seen = snapshot.Chat.Select(publication => publication.Id).ToList();
        _world.Findings.Check(seen.SequenceEqual(last.TakeLast(seen.Count)) && seen.Count >= last.Count - 1, "INV-C2", () => "the snapshot has not the last messages.");
        foreach (var tab in present)
            tab.View.CheckAgainst(snapshot);
        CheckChatSeen(present);
        foreach (var user in _world.Tabs.Select(tab => tab.UserId).Distinct())
            await CheckConnectionsAsync(user, present);
    }

    /// <summary>A snapshot of a moment in which no song ends: nobody does anything else now.</summary>
    private async Task<RoomSnapshot> ReadStillRoomAsync(SimulatedTab tab)
    {
        while (true)
        {
            var first = (await tab.Room.GetSnapshotAsync(tab.UserId)).Value!;
            await Task.Delay(TimeSpan.FromSeconds(2), _world.Time);
            var second = (await tab.Room.GetSnapshotAsync(tab.UserId)).Value!;
            if (first.Revision == second.Revision && first.Positions.All(position => second.Positions[position.Key] == position.Value))
                return second;
        }
    }

    private void CheckChatSeen(List<SimulatedTab> present)
    {
        var kept = _world.Database.Log.KeptOf(RoomId.ChatOf(SimulatedWorld.RoomName)).ToDictionary(publication => publication.Offset, publication => publication.Id);
        foreach (var tab in present)
        {
            foreach (var (offset, id) in tab.View.Chat)
                _world.Findings.Check(kept.GetValueOrDefault(offset) == id, "INV-C1", () => $"{tab.Name} saw {id} at {offset}, kept is {kept.GetValueOrDefault(offset)}.");
        }
    }

    private async Task CheckConnectionsAsync(string userId, List<SimulatedTab> present)
    {
        var grain = _world.Gateways[0].Client.Client.GetGrain<IUserGrain>(UserId.KeyOf(userId));
        var known = (await grain.GetConnectionsAsync()).Connections.Select(connection => connection.ConnectionId).Order(StringComparer.Ordinal).ToList();
        var open = present.Where(tab => tab.UserId == userId).Select(tab => tab.ConnectionId).Order(StringComparer.Ordinal).ToList();
        _world.Findings.Check(known.SequenceEqual(open), "INV-M4", () => $"{userId} is known by [{string.Join(' ', known)}], and has [{string.Join(' ', open)}].");
    }
}
