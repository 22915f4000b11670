using WhatsSound.Embedded.Runtime;

namespace Orleans.Runtime;

/// <summary>What references of one grain type, made in one process, have in common.</summary>
public class GrainReferenceShared
{
    internal GrainReferenceShared(Node node, GrainType grainType)
    {
        Node = node;
        GrainType = grainType;
    }

    public GrainType GrainType { get; }

    internal Node Node { get; }
}
