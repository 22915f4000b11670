using WhatsSound.Channels;

namespace WhatsSound.Tests.Grains.Channels;

public sealed class When_a_silo_is_killed : IAsyncLifetime
{
    private readonly TestCluster _cluster = new();

    public ValueTask InitializeAsync() => _cluster.InitializeAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task Should_have_every_acknowledged_publication_once_where_all_are_kept()
    {
        var channel = Channel.New(_cluster, "user:*:activity");
        var follower = new Follower(channel);
        await follower.AttachAsync();

        var acknowledged = await PublishOverAKillAsync(channel, 200);
        await follower.RenewAsync();
        var last = await channel.PublishAsync("last");
        await follower.UntilAsync(last.Position);

        Assert.Empty(follower.Losses);
        Assert.Equal([.. acknowledged.Keys, "last"], follower.Seen.Select(publication => publication.Id));
        Assert.Equal([.. acknowledged.Values.Select(answer => answer.Position.Offset), last.Position.Offset], follower.Seen.Select(publication => publication.Offset));
    }

    [Fact]
    public async Task Should_say_that_it_is_lost_where_nothing_is_kept()
    {
        var channel = Channel.New(_cluster);
        var follower = new Follower(channel);
        await follower.AttachAsync();

        await PublishOverAKillAsync(channel, 200);
        await follower.RenewAsync();
        var last = await channel.PublishAsync(3);
        await follower.UntilAsync(last);

        Assert.Equal(Verdict.Lost, Assert.Single(follower.Losses).Verdict);
        Assert.Equal(last.Epoch, follower.Losses[0].Position.Epoch);
        Assert.Equal([last.Offset - 2, last.Offset - 1, last.Offset], follower.Seen.TakeLast(3).Select(publication => publication.Offset));
    }

    [Fact]
    public async Task Should_answer_a_retried_id_as_before()
    {
        var channel = Channel.New(_cluster, "room:*:chat");
        var before = await channel.PublishAsync("same");

        await _cluster.KillSiloOfAsync(channel.Grain);

        Assert.Equal(before, await TestCluster.RetryAsync(() => channel.PublishAsync("same")));
        Assert.Equal("same", Assert.Single(_cluster.Log.KeptOf(channel.Name)).Id);
    }

    /// <summary>Publishes one after another, each again with its id until it is acknowledged, while the silo is killed.</summary>
    private async Task<IReadOnlyDictionary<string, Published>> PublishOverAKillAsync(Channel channel, int count)
    {
        var answers = new OrderedDictionary<string, Published>();
        Task? kill = null;
        for (var i = 1; i <= count; i++)
        {
            var id = $"m{i}";
            answers.Add(id, await TestCluster.RetryAsync(() => channel.PublishAsync(id)));
            if (i == count / 2)
                kill = _cluster.KillSiloOfAsync(channel.Grain);
        }

        await kill!;
        return answers;
    }
}
