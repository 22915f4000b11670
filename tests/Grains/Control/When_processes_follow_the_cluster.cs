using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Channels;
using WhatsSound.Control;

namespace WhatsSound.Tests.Grains.Control;

[Collection(ClusterTests.Name)]
public sealed class When_processes_follow_the_cluster(TestCluster cluster)
{
    private readonly string _name = $"followed-{Guid.NewGuid():N}";

    private IControlGrain Control => cluster.Grains.GetGrain<IControlGrain>(IControlGrain.Key);

    [Fact]
    public async Task Should_know_what_was_set_before_they_began_and_hear_of_the_rest()
    {
        var (time, book) = (new FakeTimeProvider(), new RuleBook(ChannelOptions.Defaults));
        var options = Options.Create(new ControlOptions());
        var knowledge = new ControlKnowledge(book, options, time, NullLogger<ControlKnowledge>.Instance);
        using var follower = new ControlFollower(knowledge, cluster.Grains, options, time, NullLogger<ControlFollower>.Instance);
        await Control.RevokeAsync(new() { Kind = RevocationKind.User, Value = _name });

        await follower.StartAsync(TestContext.Current.CancellationToken);
        Assert.True(knowledge.IsRevoked(new TokenFacts(_name, null, null, null)));

        await Control.SetRuleAsync($"{_name}:*", """{"historyCountMax":3}""");
        await Control.RevokeAsync(new() { Kind = RevocationKind.Token, Value = _name });
        await Eventually.BecomesTrueAsync(() =>
        {
            time.Advance(options.Value.PollInterval);
            return book.Rules.For($"{_name}:1").HistoryCountMax == 3 && knowledge.IsRevoked(new TokenFacts(null, _name, null, null));
        });
        await follower.StopAsync(TestContext.Current.CancellationToken);
    }
}
