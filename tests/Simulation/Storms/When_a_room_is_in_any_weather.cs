namespace WhatsSound.Tests.Simulation.Storms;

public sealed class When_a_room_is_in_any_weather
{
    public static TheoryData<int> Chosen => [.. Seeds.All];

    [Theory]
    [MemberData(nameof(Chosen))]
    public Task Should_keep_every_law(int seed) => Seeds.RunAsync(seed);
}
