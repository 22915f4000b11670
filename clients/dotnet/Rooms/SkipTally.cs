namespace WhatsSound.Client;

/// <summary>How many votes there are to skip the current song, and how many it takes.</summary>
public sealed record SkipTally(int Have, int Need);
