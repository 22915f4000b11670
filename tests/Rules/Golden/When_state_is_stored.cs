using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Rules.Golden;

/// <summary>
/// What the rows of grain storage hold, with everything set and with the least: <c>Stored/</c>. <c>LastVersion/</c> has the same of the version before,
/// and is replaced when a version is released, never in between.
/// </summary>
public sealed class When_state_is_stored
{
    public static TheoryData<string> States => [.. StoredStates.Types.Keys.Order(StringComparer.Ordinal)];

    public static TheoryData<string> StatesOfTheLastVersion => [.. GoldenFile.FilesIn("LastVersion")];

    [Theory]
    [MemberData(nameof(States))]
    public void Should_write_the_agreed_json(string state)
    {
        var type = StoredStates.Types[state];
        var (full, minimal) = (StoredStates.Write(Specimen.Full(type)), StoredStates.Write(Specimen.Minimal(type)));
        GoldenFile.Hold($"Stored/{state}.json", GoldenFile.Together(full, minimal));
    }

    [Theory]
    [MemberData(nameof(States))]
    public void Should_read_the_agreed_json(string state) =>
        Assert.All(GoldenFile.Apart(GoldenFile.Read($"Stored/{state}.json")), row => Assert.Empty(StoredStates.Lost(state, row)));

    [Theory]
    [MemberData(nameof(StatesOfTheLastVersion))]
    public void Should_keep_every_value_of_the_last_version(string state) =>
        Assert.All(GoldenFile.Apart(GoldenFile.Read($"LastVersion/{state}.json")), row => Assert.Empty(StoredStates.Lost(state, row)));

    [Fact]
    public void Should_notice_that_a_renamed_property_is_not_read()
    {
        var row = GoldenFile.Apart(GoldenFile.Read("LastVersion/room.json"))[0];
        Assert.Equal(["\"HostUserId 44\""], StoredStates.Lost("room", row.Replace("\"hostUserId\":", "\"host\":", StringComparison.Ordinal)));
    }

    [Fact]
    public void Should_have_no_file_of_a_state_that_is_gone() =>
        Assert.Equal(StoredStates.Types.Keys.Order(StringComparer.Ordinal), GoldenFile.FilesIn("Stored"));
}
