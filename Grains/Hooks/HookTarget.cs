using System.Collections.Frozen;

namespace WhatsSound.Grains.Hooks;

/// <summary>A receiver of what happens in one channel.</summary>
/// <param name="Lane">Where that waits.</param>
/// <param name="Kinds">What it is told of.</param>
internal sealed record HookTarget(string Lane, FrozenSet<HookKind> Kinds);
