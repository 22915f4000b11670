namespace WhatsSound.Client;

/// <summary>How a channel began, or went on after a gap.</summary>
/// <param name="Verdict">What it got of what it missed.</param>
/// <param name="Position">Where it is now.</param>
/// <param name="LostFrom">The first offset that is lost; null if none is, or if the channel was numbered anew.</param>
/// <param name="LostTo">The last one.</param>
/// <param name="Applied">How many publications came with it.</param>
public sealed record ChannelVerdict(Verdict Verdict, Position Position, long? LostFrom, long? LostTo, int Applied);
