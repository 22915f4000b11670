namespace Orleans.Streams;

[GenerateSerializer]
public class SequentialItem<T>(T item, StreamSequenceToken token)
{
    [Id(0)]
    public T Item { get; } = item;

    [Id(1)]
    public StreamSequenceToken Token { get; } = token;
}
