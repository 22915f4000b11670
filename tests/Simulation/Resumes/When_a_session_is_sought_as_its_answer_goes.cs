using WhatsSound.Gateway.Messages;
using WhatsSound.Gateway.Sessions;

namespace WhatsSound.Tests.Simulation.Resumes;

/// <summary>A session is all restored, and the answer that says so is on its way, when its client comes back once more.</summary>
public sealed class When_a_session_is_sought_as_its_answer_goes
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task Should_be_given_whole_to_who_takes_it_over()
    {
        await using var cluster = await ResumeCluster.StartAsync();
        var first = await StartAsync(cluster);
        var second = await ConnectAsync(cluster, 0);
        var third = await ConnectAsync(cluster, 1);
        Task<Reply>? taking = null;
        second.OnResumed = () => Await(taking = ResumeAsync(third, first.Key));

        await ResumeAsync(second, first.Key);

        Assert.Equal("all", Assert.Single(Resumed(await taking!).Channels).Channel);
        Assert.True(await third.HasArrivedAsync("all", await cluster.PublishAsync("all", "1", "wanted")));
    }

    [Fact]
    public async Task Should_be_kept_whole_where_the_connection_is_lost()
    {
        await using var cluster = await ResumeCluster.StartAsync();
        var first = await StartAsync(cluster);
        var second = await ConnectAsync(cluster, 0);
        second.OnResumed = () => Await(second.EndAsync());
        await ResumeAsync(second, first.Key);

        var reply = await ResumeAsync(await ConnectAsync(cluster, 1), first.Key);

        Assert.Null(reply.Refusal?.Code);
        Assert.Equal("all", Assert.Single(Resumed(reply).Channels).Channel);
    }

    private static async Task<(ResumeClient Client, SessionResumed Key)> StartAsync(ResumeCluster cluster)
    {
        var client = await ConnectAsync(cluster, 0);
        await client.AskAsync("Subscribe", new { channel = "all" });
        return (client, Resumed(await client.AskAsync("Resume", new { })));
    }

    private static Task<ResumeClient> ConnectAsync(ResumeCluster cluster, int gateway) =>
        ResumeClient.ConnectAsync(cluster.Gateways[gateway], "user", [new ClientView("all", [])]);

    private static Task<Reply> ResumeAsync(ResumeClient client, SessionResumed key) => client.AskAsync("Resume", new { sessionId = key.SessionId, key = key.Key });

    private static SessionResumed Resumed(Reply reply) => Assert.IsType<SessionResumed>(reply.Value);

    /// <summary>A socket's write is what is to take that long.</summary>
    private static void Await(Task task) => Assert.True(Task.WaitAny([task], Patience) == 0, "It did not come about.");
}
