using WhatsSound.Publications;

namespace WhatsSound.Gateway.Sessions;

/// <summary>The rule that a channel is under.</summary>
/// <param name="Channel">The channel.</param>
/// <param name="Rule">The rule, in JSON.</param>
internal sealed record RuleOfChannel(string Channel, Payload Rule);
