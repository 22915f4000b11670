using System.Diagnostics;
using WhatsSound.Tests.Gateway.Crash;
using WhatsSound.Tests.Gateway.Sockets;

namespace WhatsSound.Tests.Gateway.Crowds;

/// <summary>Rooms with so many members each.</summary>
internal sealed class Crowd : IAsyncDisposable
{
    /// <summary>How long after it is due something may be told: presence collects changes for 100 ms, and all of it shares two cores with the test.</summary>
    public static readonly TimeSpan Lateness = TimeSpan.FromSeconds(1);

    private const int AtOnce = 16;

    public Crowd(int rooms, int membersPerRoom) => Rooms =
        [.. Enumerable.Range(0, rooms).Select(room => (IReadOnlyList<CrowdMember>)[.. Enumerable.Range(0, membersPerRoom).Select(member => new CrowdMember($"room-{room}", $"user-{room}-{member}"))])];

    public IReadOnlyList<IReadOnlyList<CrowdMember>> Rooms { get; }

    public IEnumerable<CrowdMember> All => Rooms.SelectMany(static room => room);

    /// <summary>Everybody creates or joins, by the server that is chosen for them.</summary>
    public async Task OpenAsync(ServerProcess[] servers)
    {
        await using (var owner = await HubClient.ConnectAsync(servers[0].Address, await servers[0].TokenAsync("owner")))
        {
            foreach (var room in Rooms)
                await owner.ResultInTheEndAsync("CreateRoom", new { roomId = room[0].RoomId, commandId = $"create-{room[0].RoomId}", name = "A room" });
        }

        await ConnectAsync(All, servers);
    }

    public static Task ConnectAsync(IEnumerable<CrowdMember> members, params ServerProcess[] servers) => EachAsync(
        members.Select((member, index) => (member, server: servers[index % servers.Length])), static one => one.member.ConnectAsync(one.server));

    public static Task EachAsync<T>(IEnumerable<T> all, Func<T, Task> actAsync) =>
        Parallel.ForEachAsync(all, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (one, _) => await actAsync(one));

    /// <summary>How many snapshots were taken, and how many of them lack somebody who is in the room.</summary>
    public (int Taken, int Lacking) TakeSnapshots()
    {
        var (taken, lacking) = (0, 0);
        foreach (var room in Rooms)
        {
            var here = room.Select(static member => member.UserId).ToHashSet(StringComparer.Ordinal);
            foreach (var snapshot in room.SelectMany(static member => member.TakeSnapshots()))
            {
                taken++;
                lacking += here.IsSubsetOf(snapshot) ? 0 : 1;
            }
        }

        return (taken, lacking);
    }

    public IEnumerable<string> FalselyTold() => All.SelectMany(static member => member.Heard.Select(told => $"{member.UserId} heard {told.UserId} {(told.IsJoin ? "joined" : "left")}"));

    /// <summary>One of each room leaves; the others are told of that, once, soon, and of nothing else. Answers how long the last waited.</summary>
    /// <param name="gone">Who is not connected.</param>
    public async Task<TimeSpan> LeaveOneEachAsync(params IReadOnlyCollection<CrowdMember> gone)
    {
        var others = Rooms.SelectMany(room => room.Skip(1).Except(gone).Select(member => (member, leaver: room[0]))).ToList();
        await EachAsync(Rooms, static room => room[0].LeaveAsync());
        await Eventually.BecomesTrueAsync(() => others.TrueForAll(static one => one.member.Heard.Count > 0));
        foreach (var (member, leaver) in others)
            Assert.Equal([(leaver.UserId, false)], member.Heard.Select(static told => (told.UserId, told.IsJoin)));
        return others.Max(static one => Stopwatch.GetElapsedTime(one.leaver.AnsweredTicks, one.member.Heard[0].AtTicks));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var member in All)
            await member.DisposeAsync();
    }
}
