using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using WhatsSound.Tests.Shared;

namespace WhatsSound.Tests.Rules.Golden;

/// <summary>What clients read, of every type that grains make for them: <c>Wire/</c>, with everything set and with the least.</summary>
public sealed class When_json_goes_to_clients
{
    private static readonly Dictionary<string, Type> Types = CustomAttributeData.GetCustomAttributes(typeof(WireJson))
        .Where(attribute => attribute.AttributeType == typeof(JsonSerializableAttribute))
        .Select(attribute => (Type)attribute.ConstructorArguments[0].Value!)
        .ToDictionary(type => type.Name, StringComparer.Ordinal);

    public static TheoryData<string> Names => [.. Types.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_write_the_agreed_json(string name) =>
        GoldenFile.Hold($"Wire/{name}.json", GoldenFile.Together(Write(Specimen.Full(Types[name])), Write(Specimen.Minimal(Types[name]))));

    [Theory]
    [MemberData(nameof(Names))]
    public void Should_read_what_it_wrote(string name)
    {
        var agreed = GoldenFile.Read($"Wire/{name}.json");
        var read = GoldenFile.Apart(agreed).Select(json => JsonSerializer.Deserialize(json, Types[name], WireJson.Default)!);
        Assert.Equal(agreed, GoldenFile.Together([.. read.Select(Write)]));
    }

    [Fact]
    public void Should_have_no_file_of_a_type_that_is_gone() => Assert.Equal(Types.Keys.Order(StringComparer.Ordinal), GoldenFile.FilesIn("Wire"));

    private static string Write(object value) => JsonSerializer.Serialize(value, value.GetType(), WireJson.Default);
}
