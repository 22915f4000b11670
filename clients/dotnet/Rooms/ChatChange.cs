namespace WhatsSound.Client;

/// <summary>What a message is from now on.</summary>
/// <param name="Offset">Its number.</param>
/// <param name="Message">All of it.</param>
internal sealed record ChatChange(long Offset, ChatMessage Message);
