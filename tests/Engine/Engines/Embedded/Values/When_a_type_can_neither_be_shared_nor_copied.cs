using WhatsSound.Tests.Engine.Fixture;

namespace WhatsSound.Tests.Engine.Values;

public sealed class When_a_type_can_neither_be_shared_nor_copied(SharedCluster cluster)
{
    [Fact]
    public void Should_be_refused_before_any_call_with_the_reason_and_the_remedy()
    {
        var refusal = Assert.Throws<OrleansConfigurationException>(() => cluster.Client.GetGrain<IUnserializableGrain>("a"));

        Assert.Contains("parameter 'plain' of WhatsSound.Tests.Engine.Values.IUnserializableGrain.Take", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("[GenerateSerializer]", refusal.Message, StringComparison.Ordinal);
    }
}
