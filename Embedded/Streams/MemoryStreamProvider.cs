using Orleans.Streams;
namespace WhatsSound.Embedded.Streams;
internal static class MemoryStreamProvider { public static IStreamProvider Create(IServiceProvider s, string name) => throw new NotSupportedException(name + s); }
