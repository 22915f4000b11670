using WhatsSound.Queue;

namespace WhatsSound.Tests.Rules.Queue;

/// <summary>How much of the air a hog gets, and what that costs the others, by each way of ordering: 30 rooms of three hours.</summary>
public class When_a_hog_queues_sixty_songs(ITestOutputHelper output)
{
    private const int Rooms = 30;
    private const int FirstSeed = 1;

    /// <summary>The airtime of the published comparison; of rounds by least plays, of which DJ rotation is the kind here, and of rounds without votes too.</summary>
    [Theory]
    [InlineData(QueueMode.Fifo, true, 99.4)]
    [InlineData(QueueMode.Votes, true, 49.0)]
    [InlineData(QueueMode.Dj, true, 9.6)]
    [InlineData(QueueMode.Fair, false, 9.6)]
    [InlineData(QueueMode.Fair, true, 11.2)]
    public void Should_give_it_the_airtime_of_the_comparison_within_two_points(QueueMode mode, bool withVotes, double airtime)
    {
        var rooms = Enumerable.Range(FirstSeed, Rooms).Select(seed => new HogScenario(mode, withVotes, seed)).ToList();
        var hog = rooms.Average(room => room.HogAirtime);
        var waits = rooms.SelectMany(room => room.WaitsMinutes).Order().ToList();

        output.WriteLine($"{mode}{(withVotes ? "" : " without votes")}, seeds {FirstSeed} to {FirstSeed + Rooms - 1}: hog {hog:0.0} %, first song heard after "
            + (waits.Count == 0 ? "ever" : $"{waits[waits.Count / 2]:0} / {waits[waits.Count * 9 / 10]:0} min")
            + $", never heard {rooms.Average(room => room.NeverHeard):0.0}, longest run {rooms.Max(room => room.LongestRun)}, net votes {rooms.Average(room => room.NetVotes.Average()):0.0}");
        Assert.InRange(hog, airtime - 2, airtime + 2);
    }

    [Fact]
    public void Should_keep_most_of_the_taste_of_votes_and_hear_everybody()
    {
        var (fair, votes) = (Played(QueueMode.Fair), Played(QueueMode.Votes));

        Assert.True(fair.Average(room => room.NetVotes.Average()) >= 0.65 * votes.Average(room => room.NetVotes.Average()));
        Assert.InRange(fair.Average(room => room.NeverHeard), 0, 0.5);
        Assert.InRange(votes.Average(room => room.NeverHeard), 5, 19);
    }

    private static List<HogScenario> Played(QueueMode mode) => [.. Enumerable.Range(FirstSeed, Rooms).Select(seed => new HogScenario(mode, withVotes: true, seed))];
}
