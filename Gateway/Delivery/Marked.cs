using System.Collections.Concurrent;

namespace WhatsSound.Gateway.Delivery;

/// <summary>Those of many that a round is to look at, so that it need not go through all. Each is marked once; bounded by how many there are. Safe from any thread.</summary>
internal sealed class Marked<T>
    where T : class
{
    private readonly ConcurrentDictionary<T, bool> _marked = new();

    public void Add(T one) => _marked[one] = true;

    public void Remove(T one) => _marked.TryRemove(one, out _);

    /// <summary>Those that still want it; of the others the mark is taken, unless they come to want it meanwhile.</summary>
    public IEnumerable<T> All(Func<T, bool> isWanted)
    {
        foreach (var (one, _) in _marked)
        {
            if (!isWanted(one))
            {
                Remove(one);
                if (!isWanted(one))
                    continue;
                Add(one);
            }

            yield return one;
        }
    }
}
