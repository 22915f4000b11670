using System.Text;
using System.Text.Json;
using WhatsSound.Publications;

namespace WhatsSound.Tests.Grains.Channels;

/// <summary>
/// What happens on a channel by chance, and what its history is then: publications for all and for one user, and those that amend one before. What amends says of which in its data, so that a reader can follow it.
/// </summary>
internal sealed class Story(TestCluster cluster, Channel channel, int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<Publication> _log = [];

    /// <summary>The history, as its amendments have left it.</summary>
    public IReadOnlyList<Publication> Log => _log;

    public async Task PublishAsync(int count)
    {
        for (var i = 0; i < count; i++)
        {
            cluster.Time.Advance(TimeSpan.FromMilliseconds(_random.Next(4)));
            await PublishAsync();
        }
    }

    /// <summary>What a reader has who has read pages of the history, each as of another position, and then takes what is live from before the first of these: it changes what the pages have, and is added where it is in none.</summary>
    public static IReadOnlyList<Publication> Follow(IEnumerable<Publication> pages, IEnumerable<Publication> live)
    {
        var read = pages.ToDictionary(publication => publication.Offset);
        foreach (var publication in live)
        {
            Amend(read.Values.ToList(), publication, (offset, amended) => read[offset] = amended);
            read.TryAdd(publication.Offset, publication);
        }

        return [.. read.Values.OrderBy(publication => publication.Offset)];
    }

    private async Task PublishAsync()
    {
        var number = _log.Count + 1;
        var amended = _log.Count > 0 && _random.Next(4) == 0 ? _log[_random.Next(_log.Count)] : null;
        var (own, text) = (amended is null ? _random.Next(8) == 0 : amended.Own is not null, $"t{_random.Next(1_000)}");
        var content = Content(amended?.Offset, text);
        var request = Channel.Request($"p{number}", key: amended is null ? null : $"k{amended.Offset}") with
        {
            Data = own ? default : content,
            Own = own ? new() { UserId = "ada", Data = content } : null,
            Amends = amended is null ? null : new() { Offset = amended.Offset, Data = Content(of: null, text) },
        };

        var answer = await channel.Grain.PublishAsync(request);

        Assert.Equal(number, answer.Value?.Position.Offset);
        var publication = new Publication
        {
            Offset = number, Id = request.Id, TimeMs = answer.Value!.TimeMs, Event = request.Event, Data = request.Data, Key = request.Key, Own = request.Own,
        };
        Amend(_log.ToList(), publication, (offset, one) => _log[(int)offset - 1] = one);
        _log.Add(publication);
    }

    /// <summary>The amended one has the data that is said of it, and those that amended the same before have that of the one that does now.</summary>
    private static void Amend(IReadOnlyList<Publication> known, Publication by, Action<long, Publication> set)
    {
        using var said = JsonDocument.Parse(by.Content.Utf8);
        if (!said.RootElement.TryGetProperty("of", out var of))
            return;
        foreach (var one in known)
        {
            if (one.Offset == of.GetInt64())
                set(one.Offset, one.AmendedBy(by, Content(of: null, said.RootElement.GetProperty("text").GetString()!)));
            else if (one.Offset > of.GetInt64() && one.Key == by.Key)
                set(one.Offset, one.SupersededBy(by));
        }
    }

    private static Payload Content(long? of, string text) =>
        new(Encoding.UTF8.GetBytes(of is null ? $$"""{"text":"{{text}}"}""" : $$"""{"of":{{of}},"text":"{{text}}"}"""));
}
