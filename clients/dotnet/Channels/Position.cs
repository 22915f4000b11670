namespace WhatsSound.Client;

/// <summary>A place in a channel. Offsets count publications from 1 without a gap; positions of two epochs cannot be compared.</summary>
public sealed record Position(string Epoch, long Offset);
