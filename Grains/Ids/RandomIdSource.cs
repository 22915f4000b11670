namespace WhatsSound.Grains.Ids;

/// <summary>Random ids.</summary>
internal sealed class RandomIdSource : IIdSource
{
    public Guid NewId() => Guid.NewGuid();
}
