namespace WhatsSound.Tests.Grains.Orleans;

/// <summary>
/// The reminder of a playing room has the shortest period that there is, so that a song goes on a minute after a crash (<c>RoomReminder</c>).
/// </summary>
[Collection(ClusterTests.Name)]
public sealed class When_a_reminder_is_short(TestCluster cluster)
{
    [Fact]
    public async Task Should_take_a_minute_and_nothing_shorter()
    {
        var grain = cluster.Grains.GetGrain<IFactGrain>("fact:reminded");

        await grain.RemindAsync(TimeSpan.FromMinutes(1));
        await Assert.ThrowsAsync<ArgumentException>(() => grain.RemindAsync(TimeSpan.FromSeconds(59)));
    }
}
