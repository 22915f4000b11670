using WhatsSound.Grains.Queue.Ballots;

namespace WhatsSound.Grains.Queue.Commands;

/// <summary>What a decision may look at besides the queue itself.</summary>
/// <param name="NowMs">Room time.</param>
/// <param name="Settings">What the room allows.</param>
/// <param name="Electorate">Who has a say about the song that plays.</param>
internal sealed record QueueMoment(long NowMs, QueueSettings Settings, Electorate Electorate);
