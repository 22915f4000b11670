namespace WhatsSound.Grains.Ids;

/// <summary>Makes the ids that grains give. Replaced by a seeded one where runs must repeat.</summary>
public interface IIdSource
{
    /// <summary>An id that no other call on any silo makes.</summary>
    Guid NewId();
}
