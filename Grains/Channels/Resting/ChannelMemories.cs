namespace WhatsSound.Grains.Channels;

/// <summary>How a channel's memory travels with Orleans' migration.</summary>
internal static class ChannelMemories
{
    private const string SchemaKey = "ws.channel.schema";
    private const string MemoryKey = "ws.channel.memory";

    public static void Write(IDehydrationContext context, ChannelMemory memory)
    {
        context.TryAddValue(SchemaKey, ChannelMemory.Schema);
        context.TryAddValue(MemoryKey, memory);
    }

    /// <summary>The memory; null if there is none, or one of another schema: the channel then starts as after a crash.</summary>
    public static ChannelMemory? Read(IRehydrationContext context) =>
        context.TryGetValue<int>(SchemaKey, out var schema) && schema == ChannelMemory.Schema
        && context.TryGetValue<ChannelMemory>(MemoryKey, out var memory)
            ? memory
            : null;
}
