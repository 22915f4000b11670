namespace WhatsSound.Grains.Streams;

/// <summary>Where lanes run: the thread pool, or in a simulation its seeded scheduler.</summary>
/// <param name="Value">The scheduler.</param>
public sealed record LaneScheduler(TaskScheduler Value);
