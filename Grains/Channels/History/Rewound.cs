namespace WhatsSound.Grains.Channels;

/// <summary>What is to be read of the newest publications.</summary>
/// <param name="CountMax">How many at most.</param>
/// <param name="FromMs">Not those from before then.</param>
internal readonly record struct Rewound(int CountMax, long FromMs);
