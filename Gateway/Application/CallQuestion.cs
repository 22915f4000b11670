using WhatsSound.Publications;

namespace WhatsSound.Gateway.Application;

/// <summary>What does the app say to this?</summary>
/// <param name="Caller">Who asks.</param>
/// <param name="Name">What for: 1 to 64 characters.</param>
/// <param name="Data">With what.</param>
public sealed record CallQuestion(Caller Caller, string Name, Payload Data);
