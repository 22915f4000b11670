using WhatsSound.Client;
using Position = WhatsSound.Client.Position;
using Publication = WhatsSound.Client.Publication;
using Recovery = WhatsSound.Client.Recovery;
using Verdict = WhatsSound.Client.Verdict;

namespace WhatsSound.Tests.Gateway.Clients;

/// <summary>A follower of one channel is at offset 0 and has seen a gap, so an answer is awaited when the loss is told.</summary>
public sealed class When_a_follower_is_told_of_a_loss : IFollowing
{
    private const string Channel = "news";

    private readonly Queue<Task<Attached>> _answers = new();
    private readonly List<long> _offsets = [];
    private readonly List<Verdict> _verdicts = [];
    private readonly TaskCompletionSource<Attached> _answer = new();
    private readonly Follower _follower;

    public When_a_follower_is_told_of_a_loss()
    {
        _follower = new Follower(this, Channel, At(0));
        _answers.Enqueue(_answer.Task);
        _follower.OnFrame(new FrameMessage(Channel, "e", WhatsSound.Client.DeliveryClass.Ordered, 1, 2, Offsets(2)));
    }

    [Fact]
    public void Should_take_the_awaited_answer_that_goes_further()
    {
        _follower.OnLost(new LostMessage(Channel, At(2), 1, 1));

        _answer.SetResult(Recovered(2, Offsets(1, 2)));

        Assert.Equal([1, 2], _offsets);
        Assert.Equal([Verdict.Recovered], _verdicts);
    }

    [Fact]
    public void Should_ask_behind_an_answer_that_does_not_go_so_far()
    {
        _answers.Enqueue(Task.FromResult(Recovered(4, Offsets(3, 4))));
        _follower.OnLost(new LostMessage(Channel, At(4), 3, 4));

        _answer.SetResult(Recovered(2, Offsets(1, 2)));

        Assert.Equal([1, 2, 3, 4], _offsets);
        Assert.Equal([Verdict.Recovered, Verdict.Recovered], _verdicts);
    }

    Task<Attached> IFollowing.AttachAsync(IReadOnlyDictionary<string, Position>? since) => _answers.Dequeue();

    Task<Attached> IFollowing.RestartAsync(LostMessage? lost) =>
        Task.FromResult(new Attached(Verdict.Lost, [new Recovery(Channel, lost!.Position, Verdict.Lost, WhatsSound.Client.DeliveryClass.Ordered, [])]));

    void IFollowing.OnPublications(string channel, IReadOnlyList<Publication> publications) => _offsets.AddRange(publications.Select(one => one.Offset));

    void IFollowing.OnAttached(Attached attached, int applied) => _verdicts.Add(attached.Verdict);

    void IFollowing.OnStuck() => throw new InvalidOperationException("Nothing here cannot be recovered.");

    private static Position At(long offset) => new("e", offset);

    private static Attached Recovered(long offset, IReadOnlyList<Publication> publications) =>
        new(Verdict.Recovered, [new Recovery(Channel, At(offset), Verdict.Recovered, WhatsSound.Client.DeliveryClass.Ordered, publications)]);

    private static IReadOnlyList<Publication> Offsets(params long[] offsets) => [.. offsets.Select(offset => new Publication(offset, $"p{offset}", 0, default))];
}
