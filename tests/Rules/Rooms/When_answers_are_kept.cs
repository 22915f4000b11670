using WhatsSound.Grains;
using WhatsSound.Grains.Rooms;
using WhatsSound.Rooms;

namespace WhatsSound.Tests.Rules.Rooms;

public class When_answers_are_kept
{
    private readonly RoomOptions _options = new() { ReceiptsMax = 3, ReceiptAge = TimeSpan.FromSeconds(10) };
    private readonly Receipts _kept;
    private KeptReceipt? _last;
    private long _number;

    public When_answers_are_kept() => _kept = new(_options);

    [Fact]
    public void Should_find_the_answer_to_the_same_command() => Assert.Equal(1, After("a", 1).Find("a", "u")?.Revision);

    [Fact]
    public void Should_keep_users_apart() => Assert.Null(After("a", 1).Find("a", "another"));

    [Fact]
    public void Should_forget_the_oldest_beyond_the_bound()
    {
        After("a", 1).After("b", 2).After("c", 3).After("d", 4);

        Assert.Null(Find("a", "u"));
        Assert.Equal(2, Find("b", "u")?.Revision);
    }

    [Fact]
    public void Should_forget_what_is_too_old()
    {
        After("a", 1).After("b", 10_002);

        Assert.Null(Find("a", "u"));
    }

    [Fact]
    public void Should_know_which_entries_of_the_journal_are_needed()
    {
        After("a", 1).After("b", 2).After("c", 3).After("d", 4);

        Assert.Equal(2, _kept.OldestNumber(nowMs: 4));
        Assert.Equal(3, _kept.OldestNumber(nowMs: 10_003));
        Assert.Null(_kept.OldestNumber(nowMs: 20_000));
        Assert.Empty(_kept.WithoutEntry);
    }

    [Fact]
    public void Should_answer_as_before_where_a_version_did_not_keep_what_was_asked_for()
    {
        After("a", 1);

        Assert.Equal(1, _last!.AnswerTo(CommandPrint.Of("vote", "entry", 1)).Value?.Revision);
    }

    [Fact]
    public void Should_tell_commands_apart_by_kind_and_arguments()
    {
        string[] prints =
        [
            CommandPrint.Of("play"), CommandPrint.Of("pause"), CommandPrint.Of("skip", "a"), CommandPrint.Of("skip", "b"), CommandPrint.Of("skip", (string?)null),
            CommandPrint.Of("skip", ""), CommandPrint.Of("vote", "a", 1), CommandPrint.Of("vote", "a", -1), CommandPrint.Of("x", "ab", "c"), CommandPrint.Of("x", "a", "bc"),
        ];

        Assert.Distinct(prints);
        Assert.All(prints, static print => Assert.Equal(11, print.Length));
    }

    // Stored beside receipts: another form would refuse the repetitions of before.
    [Fact]
    public void Should_print_what_it_always_did() => Assert.Equal("XoLvGCyFFJM", CommandPrint.Of("vote", "entry", 1));

    private RoomReceipt? Find(string commandId, string userId) => _kept.Find(new RoomCommand { CommandId = commandId, UserId = userId, Action = new JoinRoom() })?.Receipt;

    private When_answers_are_kept After(string commandId, long atMs)
    {
        _last = new KeptReceipt { CommandId = commandId, UserId = "u", AtMs = atMs, Receipt = new RoomReceipt { Revision = atMs } };
        _kept.Add(_last, ++_number);
        return this;
    }
}
