namespace WhatsSound.Client;

/// <summary>The four timestamps of one probe, in milliseconds: client send, server receive, server send, client receive.</summary>
internal readonly record struct Probe(double T1, double T2, double T3, double T4);
