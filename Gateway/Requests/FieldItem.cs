namespace WhatsSound.Gateway.Requests;

/// <summary>One of a list of objects: what was read of it, or what is wrong with it.</summary>
internal readonly record struct FieldItem<T>(T? Value, Refusal? Refusal);
