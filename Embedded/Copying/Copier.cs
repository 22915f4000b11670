namespace WhatsSound.Embedded.Copying;

/// <summary>Copies a value that is not shared between caller and callee. Types without one are immutable and pass as they are.</summary>
internal delegate object Copier(object value, CopyContext context);
