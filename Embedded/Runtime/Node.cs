using Orleans.Runtime;
namespace WhatsSound.Embedded.Runtime;
internal abstract class Node { public References References { get; } = new(); }
internal sealed class References { public object Make(Type t, GrainId id) => throw new NotSupportedException(ToString() + t + id); }
