namespace WhatsSound.Embedded.Copying;

/// <summary>What one copy has copied so far: an object that occurs twice is copied once, and a cycle ends.</summary>
internal sealed class CopyContext
{
    private readonly Dictionary<object, object> copies = new(ReferenceEqualityComparer.Instance);

    public bool TryGet(object original, out object? copy) => copies.TryGetValue(original, out copy);

    public void Record(object original, object copy) => copies[original] = copy;
}
