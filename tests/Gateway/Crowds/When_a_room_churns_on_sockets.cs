using System.Diagnostics;
using WhatsSound.Tests.Gateway.Crash;

namespace WhatsSound.Tests.Gateway.Crowds;

/// <summary>People join one room and leave it all the time, 83 a second for a minute at full size, and some stay: these are told of who comes and goes, and of nobody else.</summary>
public sealed class When_a_room_churns_on_sockets : IAsyncLifetime
{
    // Everybody who is there is told one by one up to a hundred members.
    private const int StayingCount = 5;
    private static readonly int ComingCount = CrowdSize.Of(8, 83);
    private static readonly int RoundsCount = CrowdSize.Of(4, 60);

    // Half of it is long enough for a stay to be told.
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(1);

    private static readonly string[] Settings = ["--Sessions:CommandsPerSecondMax", "1000000", "--Sessions:CommandBurstMax", "1000000", "--Sessions:SnapshotsPerSecondMax", "1000000", "--Sessions:SnapshotBurstMax", "1000000"];

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("whatssound-churn-");
    private readonly Crowd _crowd = new(rooms: 1, membersPerRoom: StayingCount + ComingCount);
    private ServerProcess _server = null!;

    private static ITestOutputHelper Output => TestContext.Current.TestOutputHelper!;

    public async ValueTask InitializeAsync() => _server = await ServerProcess.StartAsync(_folder.FullName, Settings);

    [Fact]
    public async Task Should_tell_of_who_comes_and_goes_and_of_nobody_else()
    {
        await _crowd.OpenAsync([_server]);
        var staying = _crowd.Rooms[0].Take(StayingCount).ToList();
        var coming = _crowd.Rooms[0].Skip(StayingCount).ToList();
        // Whoever was shown to somebody is told as left, also where that follows at once.
        await Crowd.EachAsync(staying, static member => member.ReadAsync());
        await Crowd.EachAsync(coming, static member => member.LeaveAsync());
        await Eventually.BecomesTrueAsync(() => staying.TrueForAll(member => coming.TrueForAll(one => member.Heard.LastOrDefault(told => told.UserId == one.UserId) is { IsJoin: false })));
        foreach (var member in staying)
            member.Forget();

        var begun = Stopwatch.GetTimestamp();
        var stays = await Task.WhenAll(coming.Select((member, index) => ComeAndGoAsync(member, Round * index / ComingCount)));
        var took = Stopwatch.GetElapsedTime(begun);
        await Eventually.BecomesTrueAsync(() => staying.TrueForAll(member => coming.TrueForAll(one => member.Heard.LastOrDefault(told => told.UserId == one.UserId) is null or { IsJoin: false })));
        Output.WriteLine($"{stays.Sum(static one => one.Count)} joins and leaves in {took.TotalSeconds:F1} s.");

        var late = new List<TimeSpan>();
        foreach (var member in staying)
        {
            Assert.DoesNotContain(member.Heard, told => staying.Exists(one => one.UserId == told.UserId));
            foreach (var (one, made) in coming.Zip(stays))
                late.AddRange(AssertTrue([.. member.Heard.Where(told => told.UserId == one.UserId)], made));
        }

        Assert.Equal(0, _crowd.All.Sum(static member => member.AskedAgain));
        Output.WriteLine($"Told of {late.Count} leaves, the latest {late.Max().TotalMilliseconds:F0} ms after it was answered; {_crowd.TakeSnapshots().Taken} snapshots.");
        Assert.True(late.Max() < Crowd.Lateness, $"{late.Max()}");
    }

    public async ValueTask DisposeAsync()
    {
        await _crowd.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Joins, stays for half a round, and leaves, again and again. Answers of each stay when it was asked for, when its end was, and when that was answered.</summary>
    private static async Task<List<(long From, long Until, long To)>> ComeAndGoAsync(CrowdMember member, TimeSpan after)
    {
        var stays = new List<(long From, long Until, long To)>();
        if (after > TimeSpan.FromMilliseconds(1))
        {
            using var offset = new PeriodicTimer(after);
            await offset.WaitForNextTickAsync();
        }

        using var pause = new PeriodicTimer(Round / 2);
        for (var round = 0; round < RoundsCount; round++)
        {
            var from = Stopwatch.GetTimestamp();
            await member.JoinAsync();
            await pause.WaitForNextTickAsync();
            var until = Stopwatch.GetTimestamp();
            await member.LeaveAsync();
            stays.Add((from, until, member.AnsweredTicks));
            await pause.WaitForNextTickAsync();
        }

        return stays;
    }

    private static string Ms(long ticks) => Stopwatch.GetElapsedTime(0, ticks).TotalMilliseconds.ToString("F0", System.Globalization.CultureInfo.InvariantCulture);

    /// <summary>Joins and leaves are told in turn; each join is of a stay of its own, and told before that has long been over; and each leave is told soon. Of a stay that is
    /// shorter than a tick nothing need be told.</summary>
    private static IEnumerable<TimeSpan> AssertTrue(List<Told> told, List<(long From, long Until, long To)> stays)
    {
        var isHere = false;
        var stay = -1;
        foreach (var one in told)
        {
            Assert.True(one.IsJoin != isHere, $"{one.UserId} {(one.IsJoin ? "joined" : "left")} twice: {string.Join(", ", told.Select(one => $"{(one.IsJoin ? "joined" : "left")} at {Ms(one.AtTicks)}"))}; it stayed {string.Join(", ", stays.Select(stay => $"{Ms(stay.From)} to {Ms(stay.To)}"))}.");
            isHere = one.IsJoin;
            if (one.IsJoin)
            {
                stay = stays.FindIndex(stay + 1, stay => Stopwatch.GetElapsedTime(stay.To, one.AtTicks) < Crowd.Lateness);
                Assert.True(stay >= 0 && stays[stay].From <= one.AtTicks, $"{one.UserId} is told as joined at {Ms(one.AtTicks)}, in none of its stays.");
            }
            else
            {
                // It may be told before it is answered.
                var over = stays.FindLast(stay => stay.Until <= one.AtTicks);
                yield return Stopwatch.GetElapsedTime(Math.Min(over.To, one.AtTicks), one.AtTicks);
            }
        }

        Assert.False(isHere);
    }
}
