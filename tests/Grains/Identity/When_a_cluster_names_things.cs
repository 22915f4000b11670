using System.Reflection;
using WhatsSound.Channels;
using WhatsSound.Rooms;
using WhatsSound.Streams;
using WhatsSound.Tests.Shared;
using WhatsSound.Users;

namespace WhatsSound.Tests.Grains.Identity;

/// <summary>
/// The names of <c>Identities.txt</c> are in messages between processes of different versions, in reminders and in the grain directory. None comes from a
/// class or a namespace, so that both can be renamed.
/// </summary>
[Collection(ClusterTests.Name)]
public sealed class When_a_cluster_names_things(TestCluster cluster)
{
    [Fact]
    public void Should_use_the_agreed_names() => GoldenFile.Hold("Identities.txt", string.Concat(Lines().Select(line => line + "\n")));

    [Fact]
    public void Should_use_no_name_of_the_code() => Assert.All(Lines(), line => Assert.DoesNotContain(nameof(WhatsSound), line));

    [Fact]
    public void Should_be_given_every_name_by_an_attribute()
    {
        var types = Identities.Assemblies.Append(typeof(TestCluster).Assembly).SelectMany(assembly => assembly.GetTypes()).Where(IsWritten).ToList();
        Assert.All(types.Where(type => type is { IsInterface: true } && type.IsAssignableTo(typeof(IAddressable))), type =>
        {
            Assert.True(type.IsDefined(typeof(GrainInterfaceTypeAttribute)), $"{type}: [GrainInterfaceType]");
            Assert.True(type.IsDefined(typeof(AliasAttribute)), $"{type}: [Alias]");
        });
        Assert.All(types.Where(type => type is { IsClass: true, IsAbstract: false } && type.IsAssignableTo(typeof(IGrainBase))), type =>
            Assert.True(type.IsDefined(typeof(GrainTypeAttribute)), $"{type}: [GrainType]"));
        Assert.All(types.Where(type => type.IsDefined(typeof(GenerateSerializerAttribute), inherit: false)), type =>
            Assert.True(type.IsDefined(typeof(AliasAttribute)), $"{type}: [Alias]"));
    }

    [Fact]
    public void Should_make_the_agreed_grain_ids()
    {
        Assert.Equal("room/room:jazz", IdOf(cluster.Grains.GetGrain<IRoomGrain>(RoomId.KeyOf("jazz"))));
        Assert.Equal("channel/channel:/room:jazz", IdOf(cluster.Grains.GetChannel("room:jazz")));
        Assert.Equal("user/user:ann", IdOf(cluster.Grains.GetGrain<IUserGrain>(UserId.KeyOf("ann"))));
        Assert.Equal("lanes/lanes:S", IdOf(cluster.Grains.GetGrain<ILanesGrain>(ILanesGrain.KeyOf("S"))));
        Assert.Equal("roomdirectory/directory:rooms", IdOf(cluster.Grains.GetGrain<IRoomDirectoryGrain>(IRoomDirectoryGrain.Key)));
    }

    private IEnumerable<string> Lines() => new Identities(cluster.Client.ServiceProvider).Lines();

    private static bool IsWritten(Type type) => type.GetCustomAttribute<System.CodeDom.Compiler.GeneratedCodeAttribute>() is null && !type.IsNested;

    private static string IdOf(IAddressable grain) => grain.GetGrainId().ToString();
}
