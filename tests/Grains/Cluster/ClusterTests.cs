namespace WhatsSound.Tests.Grains;

/// <summary>The tests that share one cluster, one after the other: they advance its clock. Each uses names of its own.</summary>
[CollectionDefinition(Name)]
public sealed class ClusterTests : ICollectionFixture<TestCluster>
{
    public const string Name = "cluster";
}
