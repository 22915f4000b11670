using System.Collections.Immutable;

namespace WhatsSound.Tests.Engine.Grains;

[Alias("engine.value")]
public interface IValueGrain : IGrainWithStringKey
{
    /// <summary>Adds to the list, keeps it, and returns it.</summary>
    [Alias("Extend")]
    Task<List<int>> Extend(List<int> numbers, int number);

    [Alias("Kept")]
    Task<List<int>> Kept();

    [Alias("Rename")]
    Task<Box> Rename(Box box, string name);

    [Alias("Echo")]
    Task<Everything> Echo(Everything everything);

    [Alias("EchoBytes")]
    Task<byte[]> EchoBytes(ReadOnlyMemory<byte> bytes);

    [Alias("EchoTuple")]
    Task<(string, int?, ImmutableArray<Seen>)> EchoTuple((string, int?, ImmutableArray<Seen>) tuple);
}
