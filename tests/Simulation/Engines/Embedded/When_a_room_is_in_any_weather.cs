namespace WhatsSound.Tests.Simulation;

public sealed class When_a_room_is_in_any_weather
{
    public static TheoryData<int> Chosen => [.. Seeds.All];

    [Theory]
    [MemberData(nameof(Chosen))]
    public void Should_keep_every_law(int seed) => Seeds.Run(seed);
}
