using System.Collections.Immutable;

namespace WhatsSound.Tests.Engine.Grains;

public sealed class ValueGrain : Grain, IValueGrain
{
    private List<int> kept = [];

    public Task<List<int>> Extend(List<int> numbers, int number)
    {
        numbers.Add(number);
        kept = numbers;
        return Task.FromResult(kept);
    }

    public Task<List<int>> Kept() => Task.FromResult(kept);

    public Task<Box> Rename(Box box, string name)
    {
        box.Name = name;
        foreach (var inner in box.Inner.Values) inner.Name = name;
        return Task.FromResult(box);
    }

    public Task<Everything> Echo(Everything everything) => Task.FromResult(everything);

    public Task<byte[]> EchoBytes(ReadOnlyMemory<byte> bytes) => Task.FromResult(bytes.ToArray());

    public Task<(string, int?, ImmutableArray<Seen>)> EchoTuple((string, int?, ImmutableArray<Seen>) tuple) => Task.FromResult(tuple);
}
