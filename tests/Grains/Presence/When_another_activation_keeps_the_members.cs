using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using WhatsSound.Grains.Channels;
using WhatsSound.Grains.Presence;

namespace WhatsSound.Tests.Grains.Presence;

/// <summary>A silo that was given up for dead goes on with a channel that is active elsewhere.</summary>
public sealed class When_another_activation_keeps_the_members
{
    private static readonly GrainId Channel = GrainId.Create("channel", "channel:test/room:jazz");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private readonly MemoryStorage _storage = new();

    [Fact]
    public async Task Should_not_write_over_them_however_often_it_tries()
    {
        var (former, latter) = (Keeper(), Keeper());
        await former.LoadAsync(Cancel);
        Assert.True(await former.TryKeepLastAsync(Of(1, "ann"), 1));
        await latter.LoadAsync(Cancel);
        Assert.True(await latter.TryKeepLastAsync(Of(2, "bob"), 2));

        for (var nowMs = 3; nowMs < 6; nowMs++)
            Assert.False(await former.TryKeepLastAsync(Of(1, "ann"), nowMs));

        Assert.Equal(["bob"], _storage.Read<KeptMembers>(MembersKeeper.StateName, Channel).Membership!.Members.Select(member => member.UserId));
    }

    [Fact]
    public async Task Should_not_bring_them_back_where_everybody_has_left()
    {
        var (former, latter) = (Keeper(), Keeper());
        await former.LoadAsync(Cancel);
        Assert.True(await former.TryKeepLastAsync(Of(1, "ann"), 1));
        await latter.LoadAsync(Cancel);
        Assert.True(await latter.TryKeepLastAsync(new Membership(100, TimeSpan.FromSeconds(15), 2), 2));

        Assert.False(await former.TryKeepLastAsync(Of(1, "ann"), 3));

        Assert.Null(_storage.Read<KeptMembers>(MembersKeeper.StateName, Channel).Membership);
    }

    private MembersKeeper Keeper() => new(_storage, Channel, sole: null, new FakeTimeProvider(), NullLogger.Instance);

    private static Membership Of(long firstVersion, string userId)
    {
        var members = new Membership(100, TimeSpan.FromSeconds(15), firstVersion);
        Assert.Null(members.Enter(Members.Entry(userId, "1", Guid.NewGuid()), firstVersion));
        return members;
    }
}
