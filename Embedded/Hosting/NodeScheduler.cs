namespace WhatsSound.Embedded;

/// <summary>
/// In the services of each silo and client: runs work of theirs that belongs to no grain, one turn at a time. It stops when they are killed, and in a
/// simulation it is part of it.
/// </summary>
public sealed record NodeScheduler(TaskScheduler Value);
