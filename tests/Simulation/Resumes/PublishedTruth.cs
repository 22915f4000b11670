using System.Collections.Concurrent;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Simulation.Resumes;

/// <summary>What was published, as the acknowledgements say.</summary>
internal sealed class PublishedTruth
{
    private readonly ConcurrentDictionary<(string Channel, Position Position), (string Id, string Event)> _all = [];

    public void Add(string channel, Position position, string id, string name) => _all[(channel, position)] = (id, name);

    /// <summary>The ids in (after, upTo] of an epoch whose event is one of those; none: any.</summary>
    public IEnumerable<string> IdsIn(string channel, string epoch, long after, long upTo, IReadOnlyCollection<string> events)
    {
        for (var offset = after + 1; offset <= upTo; offset++)
        {
            if (!_all.TryGetValue((channel, new Position(epoch, offset)), out var one))
                yield return $"(nobody was told of {offset})";
            else if (events.Count == 0 || events.Contains(one.Event))
                yield return one.Id;
        }
    }
}
