using WhatsSound.Grains;

namespace WhatsSound.Tests.Simulation;

/// <summary>Ids that follow from the seed.</summary>
internal sealed class SeededIds(Random random) : IIdSource
{
    public Guid NewId()
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new(bytes);
    }
}
