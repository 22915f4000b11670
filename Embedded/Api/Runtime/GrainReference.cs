namespace Orleans.Runtime;

/// <summary>A reference to a grain or an observer; the base of every proxy. Equal when the identity is equal.</summary>
[Immutable]
public class GrainReference : IAddressable, IEquatable<GrainReference>
{
    protected GrainReference(GrainReferenceShared shared, IdSpan key)
    {
        Shared = shared;
        GrainId = new(shared.GrainType, key);
    }

    public GrainId GrainId { get; }

    public virtual string InterfaceName => "";

    internal GrainReferenceShared Shared { get; }

    public virtual TGrainInterface Cast<TGrainInterface>()
        where TGrainInterface : IAddressable
        => (TGrainInterface)As(typeof(TGrainInterface));

    public bool Equals(GrainReference? other) => other is not null && GrainId.Equals(other.GrainId);

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public sealed override string ToString() => $"GrainReference:{GrainId}:{InterfaceName}";

    public static bool operator ==(GrainReference? reference1, GrainReference? reference2)
        => reference1 is null ? reference2 is null : reference1.Equals(reference2);

    public static bool operator !=(GrainReference? reference1, GrainReference? reference2) => !(reference1 == reference2);

    internal object As(Type interfaceType) => interfaceType.IsInstanceOfType(this) ? this : Shared.Node.References.Make(interfaceType, GrainId);
}
