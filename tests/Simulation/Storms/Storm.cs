using WhatsSound.Rooms;
using WhatsSound.Users;

namespace WhatsSound.Tests.Simulation.Storms;

/// <summary>One run: a while of people and faults, then calm, and then everything must add up.</summary>
internal sealed class Storm(StormWorld world)
{
    private static readonly TimeSpan StormTime = TimeSpan.FromSeconds(60);

    /// <summary>As long as a client may take to be back where it was.</summary>
    private static readonly TimeSpan RecoveryTime = TimeSpan.FromSeconds(30);

    /// <summary>Lease, settling, presence grace and host grace one after the other, and some.</summary>
    private static readonly TimeSpan CalmTime = TimeSpan.FromSeconds(180);

    /// <summary>A storm in which nobody gets anything done proves nothing; most see a hundred or more.</summary>
    private const int CommandsMin = 20;

    private const int StillMomentAttemptsMax = 60;

    private readonly Random _random = world.Dice.For("storm");

    public async Task RunAsync()
    {
        var weather = new Weather(world);
        var until = world.Now + StormTime;
        await AllAsync([weather.RageAsync(until), .. world.Listeners.Select(listener => listener.LiveAsync(until))]);

        world.Findings.Note("-- calm");
        Assert.True(world.Ledger.AcknowledgedCount >= CommandsMin, $"Only {world.Ledger.AcknowledgedCount} commands were carried out.");
        var absent = world.Listeners.Where(listener => listener.Tab.UserId != "cleo" && _random.Next(4) == 0).ToList();
        foreach (var listener in absent)
            await listener.Tab.BreakAsync();
        await SettleAsync([.. world.Listeners.Except(absent)], CalmTime);
    }

    /// <summary>Nothing goes wrong any more: these people come to follow the room, the others are gone, and everything adds up.</summary>
    public async Task SettleAsync(IReadOnlyList<Listener> present, TimeSpan calm)
    {
        world.Clock.IsCalm = true;
        var settled = world.Now + RecoveryTime;
        await AllAsync([.. present.Select(listener => listener.SettleAsync(settled))]);
        foreach (var listener in present)
            world.Findings.Check(listener.IsSettled, "Liveness", () => $"{listener.Tab.Name} does not follow the room after {RecoveryTime}.");
        world.ThrowIfBroken();

        await AllAsync([world.Clock.DelayAsync(calm)]);
        await AtAStillMomentAsync(present[0].Tab, snapshot => CheckAsync([.. present.Select(listener => listener.Tab)], snapshot));
        world.ThrowIfBroken();
    }

    private async Task AllAsync(IReadOnlyList<Task> tasks)
    {
        while (!tasks.All(task => task.IsCompleted))
        {
            await world.Clock.DelayAsync(TimeSpan.FromSeconds(1));
            world.ThrowIfBroken();
        }

        await Task.WhenAll(tasks);
    }

    private async Task CheckAsync(IReadOnlyList<Tab> present, RoomSnapshot snapshot)
    {
        world.Ledger.CheckAll();
        var users = present.Select(tab => tab.UserId).Distinct().Order(StringComparer.Ordinal).ToList();
        var members = snapshot.Presence.Members.Select(member => member.UserId).Order(StringComparer.Ordinal).ToList();
        world.Findings.Check(members.SequenceEqual(users), "INV-M4", () => $"[{string.Join(' ', members)}] are here, [{string.Join(' ', users)}] are connected.");
        world.Findings.Check(snapshot.Presence.Total == users.Count, "INV-M5", () => $"{snapshot.Presence.Total} are counted, {users.Count} are here.");
        world.Findings.Check(users.Contains(snapshot.HostUserId!), "INV-M1", () => $"'{snapshot.HostUserId}' is host of [{string.Join(' ', users)}].");
        var chat = RoomId.ChatOf(StormWorld.RoomName);
        var last = world.Database.Log.KeptOf(chat).Where(kept => kept.Event == RoomEvents.Chat && kept.Offset <= snapshot.Positions[chat].Offset).TakeLast(50).Select(kept => kept.Id).ToList();
        var seen = snapshot.Chat.Select(publication => publication.Id).ToList();
        world.Findings.Check(seen.SequenceEqual(last.TakeLast(seen.Count)) && seen.Count >= last.Count - 1, "INV-C2", () => "the snapshot has not the last messages.");
        foreach (var tab in present)
            await tab.CheckAgainstAsync(snapshot);
        foreach (var user in world.Listeners.Select(listener => listener.Tab.UserId).Distinct())
            await CheckConnectionsAsync(user, present);
    }

    /// <summary>Checks at a moment from which no song ends and nothing is on its way: nobody does anything else now.</summary>
    private async Task AtAStillMomentAsync(Tab tab, Func<RoomSnapshot, Task> check)
    {
        var isChecked = false;
        for (var attempt = 0; attempt < StillMomentAttemptsMax && !isChecked; attempt++)
        {
            var first = await ReadAsync(tab);
            await world.Clock.DelayAsync(TimeSpan.FromSeconds(2));
            await world.Clock.StopForAsync(async () =>
            {
                var second = await ReadAsync(tab);
                isChecked = first is not null && second is not null && first.Revision == second.Revision
                    && first.Positions.All(position => second.Positions[position.Key] == position.Value);
                if (isChecked)
                    await check(second!);
            });
            world.ThrowIfBroken();
        }

        world.Findings.Check(isChecked, "Liveness", () => "the room does not come to rest.");
    }

    private async Task<RoomSnapshot?> ReadAsync(Tab tab)
    {
        var answer = await tab.Room.GetSnapshotAsync(tab.UserId);
        world.Findings.Check(answer.Refusal is null or { Retryable: true }, "INV-M4", () => $"{tab.Name} follows the room, which says {answer.Refusal!.Code}.");
        return answer.Value;
    }

    private async Task CheckConnectionsAsync(string userId, IReadOnlyList<Tab> present)
    {
        var grain = world.Cluster.Client.GetGrain<IUserGrain>(UserId.KeyOf(userId));
        var known = (await grain.GetConnectionsAsync()).Connections.Select(connection => connection.ConnectionId).Order(StringComparer.Ordinal).ToList();
        var open = present.Where(tab => tab.UserId == userId).Select(tab => tab.ConnectionId).Order(StringComparer.Ordinal).ToList();
        world.Findings.Check(known.SequenceEqual(open), "INV-M4", () => $"{userId} is known by [{string.Join(' ', known)}], and has [{string.Join(' ', open)}].");
    }
}
