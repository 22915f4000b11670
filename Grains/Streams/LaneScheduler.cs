namespace WhatsSound.Grains.Streams;

/// <summary>Where lanes run: the thread pool, unless a host says otherwise.</summary>
/// <param name="Value">The scheduler.</param>
public sealed record LaneScheduler(TaskScheduler Value);
