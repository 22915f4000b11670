using System.Text.RegularExpressions;

namespace WhatsSound.Tests.Rules.Composed;

public sealed class When_everything_that_can_go_wrong_does
{
    public static TheoryData<Mistake, string> Mistakes => new()
    {
        { Mistake.ReceiptIsNotSaved, "INV-R1" },
        { Mistake.PublishedBeforeItIs, "Subscriber" },
        // Which shows first depends on the script: that the room is another than its journal makes, that its queue is told with an older revision, or that a client sees another room.
        { Mistake.EventIsSkipped, "(INV-R3|INV-Q2|Subscriber)" },
        { Mistake.AnswersAreTrimmed, "INV-R1" },
        { Mistake.IdsAreForgotten, "INV-R1" },
        { Mistake.GapIsIgnored, "Subscriber" },
        { Mistake.StaleEpochIsAccepted, "Subscriber" },
        { Mistake.LostAnswerIsAFailure, "INV-R3" },
    };

    [Fact]
    public void Should_keep_every_law_and_end_with_a_client_that_sees_the_room() =>
        Property.Holds(script => Play(script, Mistake.None), tries: 1_500, lengthMax: 240);

    [Fact]
    public void Should_wait_for_what_a_song_that_ends_in_the_last_moment_brings() =>
        Play(
            [
                0, 0, 0, 0, 0, 0, 0, 0, 8, 0, 3, 0, 200, 0, 0, 0, 3, 0, 71, 75, 3, 0, 224, 0, 0,
                1, 0, 0, 30, 0, 0, 0, 0, 0, 4, 0, 0, 0, 0, 207, 175, 174, 163, 207, 215, 192, 139, 112, 53, 177,
            ],
            Mistake.None);

    [Fact]
    public void Should_tell_of_no_older_queue_than_a_snapshot_did_when_it_tells_again_after_a_crash() =>
        Play(
            [
                0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 138, 21, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                198, 223, 204, 200, 187, 29, 68, 16, 174, 192, 174, 34, 17, 101, 248, 229, 72, 150, 123, 35, 126, 42, 58, 179, 245, 207, 83, 238, 162, 161, 105,
            ],
            Mistake.None);

    /// <summary>A model that cannot fail proves nothing.</summary>
    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Should_find_the_mistake(Mistake mistake, string law)
    {
        var failure = Record.Exception(() => Property.Holds(script => Play(script, mistake), tries: 1_500, lengthMax: 240));

        Assert.True(Regex.IsMatch($"{failure}", $"BROKEN {law}"), $"{failure}");
    }

    private static void Play(byte[] script, Mistake mistake)
    {
        var composition = new Composition(mistake);
        for (var i = 0; i + 1 < script.Length; i += 2)
        {
            composition.Step(script[i], script[i + 1]);
            CheckUnbroken(composition);
        }

        composition.Settle();
        CheckUnbroken(composition);
    }

    private static void CheckUnbroken(Composition composition)
    {
        if (composition.Findings.Broken.Count > 0)
            Assert.Fail($"{string.Join('\n', composition.Findings.Broken)}\n{string.Join('\n', composition.Findings.Notes)}");
    }
}
